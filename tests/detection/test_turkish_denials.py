"""Turkish denials and doubts: what they are about, and what only sounds like one."""

import pytest

from claims.detection import detector
from tests.detection.conftest import PUBLISHED


def _pairs(text: str) -> list[tuple[str, str]]:
    """(contested claim, denial or doubt), as words of the text."""
    found = detector.split(text, language="tr", published=PUBLISHED).claims
    said = {claim.id: claim.text for claim in found}
    return [(said[target], claim.text) for claim in found for target in claim.contests]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the report that is denied stands inside the denial
        (
            "Madenin kapandığı yönündeki haberler, bakanlık tarafından yalanlandı.",
            [
                (
                    "Madenin kapandığı",
                    "Madenin kapandığı yönündeki haberler, bakanlık tarafından yalanlandı",
                )
            ],
        ),
        (
            "Kulüp, kaptanın satıldığına dair haberlerin doğru olmadığını duyurdu.",
            [
                (
                    "kaptanın satıldığına",
                    "kaptanın satıldığına dair haberlerin doğru olmadığını",
                )
            ],
        ),
        (
            'Vali, "Tünel çöktü" şeklindeki haberlerin gerçek olmadığını bildirdi.',
            [("Tünel çöktü", '"Tünel çöktü" şeklindeki haberlerin gerçek olmadığını')],
        ),
        (
            'Vali, tünelin kapatılacağı iddialarını "Tamamen uydurma" diyerek yalanladı.',
            [
                (
                    "tünelin kapatılacağı",
                    'tünelin kapatılacağı iddialarını "Tamamen uydurma" diyerek yalanladı',
                )
            ],
        ),
        (
            'Vali, tünelin kapatılacağı iddialarını "Böyle bir şey yok" diyerek yalanladı.',
            [
                ("tünelin kapatılacağı", "tünelin kapatılacağı iddialarını"),
                ("tünelin kapatılacağı", "Böyle bir şey yok"),
            ],
        ),
        (
            "Fırında zehirlenme olduğu iddiası gerçek dışı çıktı.",
            [
                (
                    "Fırında zehirlenme olduğu",
                    "Fırında zehirlenme olduğu iddiası gerçek dışı çıktı",
                )
            ],
        ),
        (
            "Ressamın öldüğü haberi gerçek değil.",
            [("Ressamın öldüğü", "Ressamın öldüğü haberi gerçek değil")],
        ),
        # the source of a passive, set against the other party
        (
            (
                "Sendika, fabrikada 60 işçinin çıkarıldığını söyledi. Şirketten yapılan yazılı "
                "açıklamada ise kimsenin işten çıkarılmadığı belirtildi."
            ),
            [("fabrikada 60 işçinin çıkarıldığını", "kimsenin işten çıkarılmadığı")],
        ),
        # a plan is the future that it is of
        (
            (
                "Kent Postası, bankanın 300 şubesini kapatacağını haber yaptı. Banka, şube kapatma "
                "planı bulunmadığını bildirdi."
            ),
            [("bankanın 300 şubesini kapatacağını", "şube kapatma planı bulunmadığını")],
        ),
        # what proves the report is called forged
        (
            (
                "Dergi, vekilin hesabını gösteren bir belge olduğunu yazdı. Vekil, belgenin sahte "
                "olduğunu söyledi."
            ),
            [("vekilin hesabını gösteren bir belge olduğunu", "belgenin sahte olduğunu")],
        ),
        # a partial denial
        (
            "Kaya, yemeğe katıldığını kabul etti ancak hediye aldığı iddiasını reddetti.",
            [("hediye aldığı", "hediye aldığı iddiasını reddetti")],
        ),
        # it leads on to another verb
        (
            (
                "Ordu, kaleyi aldığını duyurdu. Örgütün sözcüsü bu bilgiyi yalanlayarak "
                "kalenin ellerinde olduğunu söyledi."
            ),
            [("kaleyi aldığını", "bu bilgiyi yalanlayarak")],
        ),
        # it stands behind another report of the same party
        (
            (
                "Ajans, ressamın hastaneye yattığını geçti. Galeri, ressamın iyi olduğunu "
                "bildirerek haberi yalanladı."
            ),
            [("ressamın hastaneye yattığını", "haberi yalanladı")],
        ),
        # a rumour that nobody is named for
        (
            "Ressamın öldüğü söylentisi yayıldı. Galeri, söylentinin asılsız olduğunu açıkladı.",
            [("Ressamın öldüğü", "söylentinin asılsız olduğunu")],
        ),
        # called something
        (
            "Muhalefet, kasanın boş olduğunu savundu. Bakan, bu iddiayı iftira olarak nitelendirdi.",
            [("kasanın boş olduğunu", "bu iddiayı iftira olarak nitelendirdi")],
        ),
        # a denial or doubt made a noun
        (
            (
                "Belediye, suyun temiz olduğunu bildirdi. Mühendis Nil As, açıklamayı kuşkuyla "
                "karşıladığını söyledi."
            ),
            [("suyun temiz olduğunu", "açıklamayı kuşkuyla karşıladığını")],
        ),
        # "neither … nor"
        (
            'Gazete, bakanın yatının olduğunu yazdı. Bakan, "Ne yatım var ne villam" dedi.',
            [("bakanın yatının olduğunu", "Ne yatım var ne villam")],
        ),
        # the same verb, affirmed and denied
        (
            (
                "Sendika başkanı ikramiyelerin ödenmediğini söyledi. Fabrika müdürü, tüm "
                "ikramiyelerin ödendiğini belirtti."
            ),
            [("ikramiyelerin ödenmediğini", "tüm ikramiyelerin ödendiğini")],
        ),
    ],
)
def test_what_a_denial_is_about(text, expected):
    assert _pairs(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # not denied
        "Gazete, bakanın gideceğini yazdı. Bakan haberi yalanlamadı.",
        "Gazete, bakanın gideceğini yazdı. Bakan haberi ne yalanladı ne doğruladı.",
        # an offer, a request
        "Sendika, grevin süreceğini açıkladı. İşveren, sendikanın zam teklifini reddetti.",
        "Dernek, kampın kapanmasını istedi. Bakanlık kampı kapatmayı kabul etmedi.",
        # not known, not told
        "Ordu, uçağın düştüğünü bildirdi. Uzmanlar, uçağın neden düştüğünün bilinmediğini söyledi.",
        # an accusation of forgery is no denial
        "Rakip parti, adayın diplomasının sahte olduğunu öne sürdü.",
        # a rumour about something else
        (
            "Sendika, derslerin yapılmadığını duyurdu. Okul, müdürün sağlığıyla ilgili yayılan "
            "söylentileri yalanladı."
        ),
    ],
)
def test_what_only_sounds_like_a_denial(text):
    assert _pairs(text) == []
