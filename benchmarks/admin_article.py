"""What the article's page costs when the article has 3,000 claims, against one that has 100."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from benchmarks.visits import signed_in, visited

FEW, MANY = 100, 3_000


def compare() -> None:
    """Prints seconds, kilobytes and queries of the first page and of the page with a claim's forms
    open, for both articles, and the ratios."""
    client = signed_in()
    print(f"{'page':12}{'claims':>8}{'seconds':>10}{'kB':>8}{'queries':>9}")
    few, many = _article(FEW), _article(MANY)
    for name, query in (("first", ""), ("forms open", "?correct={claim}")):
        figures = []
        for article, claim, claims in (few, many):
            address = f"/desk/articles/{article}/{query.format(claim=claim)}"
            figures.append(visited(client, address))
            seconds, size, queries = figures[-1]
            print(f"{name:12}{claims:8}{seconds:10.3f}{size / 1000:8.0f}{queries:9}")
        (few_s, few_b, _), (many_s, many_b, _) = figures
        print(f"{'':12}{'ratio':>8}{many_s / few_s:10.2f}{many_b / few_b:8.2f}")


def _article(claims: int) -> tuple[int, int, int]:
    """(article, a claim in its middle, how many): a sentence a claim, five a paragraph."""
    from claims.models import Appearance, Article, Claim, Claimant, Position

    sentences = [
        f"وقال مدير المرفأ رقم {number} إن عدد الشاحنات التي عبرت الجسر بلغ {number * 7} شاحنة."
        for number in range(claims)
    ]
    paragraphs = [" ".join(sentences[at : at + 5]) for at in range(0, claims, 5)]
    text = "\n".join(paragraphs)
    article = Article.objects.create(
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        title=f"{claims} claims",
        language="ar",
        channel=Article.Channel.PASTE,
        split_state=Article.Split.DONE,
    )
    Appearance.objects.create(article=article, published_on=date(2026, 7, 20))
    speaker = Claimant.objects.get_or_create(
        name="مدير المرفأ", folded="مدير المرفأ", language="ar", kind="person"
    )[0]
    rows = Claim.objects.bulk_create(
        Claim(
            article=article,
            statement=sentence,
            language="ar",
            kind="quantity",
            checkworthiness=0.6,
            reasons=["gives a number"],
        )
        for sentence in sentences
    )
    starts, at = [], 0
    for sentence in sentences:
        starts.append(at)
        at += len(sentence) + 1
    Position.objects.bulk_create(
        Position(
            claim=row,
            article=article,
            start=start,
            end=start + len(sentence) - 1,
            text=sentence[:-1],
            stance="asserts",
            form="indirect",
            claimant=speaker,
            claimant_start=start + 5,
            claimant_end=start + 16,
            cue="وقال",
            cue_start=start,
            cue_end=start + 4,
            provenance={"stance": {"by": "no word of denying", "sure": 0.98}},
        )
        for row, sentence, start in zip(rows, sentences, starts, strict=True)
    )
    return article.pk, rows[claims // 2].pk, claims
