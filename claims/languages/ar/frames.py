"""Arabic attribution: the frames under which a clause says what somebody else says."""

from dataclasses import dataclass

from claims.languages.ar import morphology as m
from claims.languages.ar.names import is_addressee, name, participles
from claims.languages.ar.reading import COMMAS, OPENERS, PREVERBS, RELATIVES, SENTENCE_ENDS, Reading
from claims.languages.shapes import Frame, Span

# From the verb to the word that opens the content, and from a clause's head to its verb.
_TO_CONTENT = 45
_TO_VERB = 18

_SAYING = frozenset({"يقول", "تقول", "يقولون", "يرى", "ترى", "يرون"})
# Verbs of which "he announced in Tel Aviv" has no subject rather than a hidden one.
_ANNOUNCING = frozenset({"اعلن", "ذكر", "علم", "نشر", "كشف", "افيد", "قيل"})
_STATEMENTS = frozenset(
    m.normal(word)
    for word in [
        "تصريح",
        "تصريحات",
        "بيان",
        "بيانه",
        "حديث",
        "حديثه",
        "مؤتمر",
        "كلمة",
        "كلمته",
        "خطاب",
        "خطابه",
        "مقابلة",
        "تغريدة",
        "لقاء",
        "رسالة",
        "مقال",
        "ختام",
        "تصريحاته",
        "معرض",
        "سياق",
        "السياق",
        "هذا",
        "الصدد",
        "اتصال",
        "حوار",
        "منشور",
        "تدوينة",
        "تعليق",
        "جلسة",
        "اجتماع",
        "مداخلة",
        "وقت",
        "الوقت",
    ]
)
_KEEPS_VERB = frozenset({"لا", "لم", "لن", "ليس", "ليست", "قد", "سوف", "يجب", "لقد", "ما"})


@dataclass(slots=True)
class Match:
    """A frame and the index of the token with which its content begins."""

    frame: Frame
    content: int
    names_report: bool = False
    keeps_verb: bool = False  # the content is the whole clause, its verb included
    accusation: bool = False


def stance_of(word: str) -> str | None:
    """asserts, denies or doubts for a reporting verb in normal spelling; None for other words."""
    if word in m.forms("denying"):
        return "denies"
    if word in m.forms("doubting") and word not in {"شك", "شكا"}:
        return "doubts"
    if word in m.forms("reporting") or word in _SAYING:
        return "asserts"
    return None


def is_complementiser(word: str) -> bool:
    return word in m.normal_words("complementisers")


def frame_at(reading: Reading, lo: int, hi: int) -> Match | None:
    """The frame that the clause starting at ``lo`` opens with, whatever its order of words."""
    if lo >= hi:
        return None
    verb = lo
    while verb < hi and reading.bare(verb) in PREVERBS:
        verb += 1
    if verb < hi and stance_of(reading.bare(verb)) is not None:
        match = _verb_first(reading, lo, verb, hi)
        if match is not None:
            return match
    return (
        _according(reading, lo, hi)
        or _adverbial_first(reading, lo, hi)
        or _subject_first(reading, lo, hi)
    )


def _frame(
    reading: Reading, lo: int, cue: int, claimant: Span | None, end: int, stance: str
) -> Frame:
    word = reading.bare(cue)
    token = reading.tokens[cue]
    stop = reading.tokens[min(end, len(reading.tokens)) - 1].end
    return Frame(
        cue=Span(reading.start(cue), token.end),
        claimant=claimant,
        region=Span(reading.tokens[lo].start, max(stop, token.end)),
        stance=stance,
        plural=word.endswith("وا") or word.endswith("ون"),
        gender="f" if word.endswith("ت") or word.startswith("ت") else "m",
    )


def _verb_first(
    reading: Reading, lo: int, verb: int, hi: int, reach: int = _TO_CONTENT
) -> Match | None:
    """قال الوزير إن …, وأضاف: …, نفى المتحدث أن …"""
    word = reading.bare(verb)
    if reading.norm(verb - 1) in {"لم", "لن", "لا", "ولم", "فلم", "ولن", "ولا"}:
        return None
    stance = stance_of(word) or "asserts"
    opened = content_of(reading, verb + 1, min(hi, verb + reach))
    if opened is None:
        if word in m.forms("denying") or word in {
            "اتهم",
            "اتهمت",
            "اتهموا",
            "استبعد",
            "استبعدت",
            "توقع",
            "توقعت",
            "توقعوا",
        }:
            return _with_object(reading, lo, verb, hi, stance)
        return None
    word_end, content = opened
    two = word in {"ابلغ", "ابلغت", "اخبر", "اخبرت", "ابلغوا", "طمان", "نبه"}
    claimant = name(reading, verb + 1, word_end, two_objects=two)
    frame = _frame(reading, lo, verb, claimant, content, stance)
    if claimant is None:
        frame.subjectless = not (word in _ANNOUNCING and _somewhere(reading, verb + 1, word_end))
    return Match(frame, content)


def _somewhere(reading: Reading, lo: int, hi: int) -> bool:
    """The frame has a place or a time where its subject would be."""
    for i in range(lo, hi):
        if reading.norm(i) in {"في", "فى", "امس", "اليوم"}:
            return m.normal(reading.norm(i + 1)) not in _STATEMENTS
    return False


def content_of(reading: Reading, lo: int, hi: int) -> tuple[int, int] | None:
    """(index of the word that opens the content, index of the content), or None."""
    i = lo
    while i < hi:
        word = reading.norm(i)
        if word == ":":
            return (i, _inside(reading, i + 1, hi)) if i + 1 < len(reading.tokens) else None
        quote = reading.quote_at(i)
        if quote is not None:
            behind = reading.behind(quote.end, i + 1, len(reading.tokens))
            if behind - i > 5:
                return i, _inside(reading, i, hi)
            i = max(behind, i + 1)
            continue
        if is_complementiser(word):
            opener = i - 1 if reading.norm(i - 1) in {"الى", "إلى", "على", "عن"} else i
            return opener, _inside(reading, i, hi)
        if word in SENTENCE_ENDS or word in participles() or word in {"لكن", "ولكن"}:
            return None
        if reading.joined(i) and reading.is_verb(i) and word[0] == "و":
            return None
        i += 1
    return None


def _inside(reading: Reading, i: int, hi: int) -> int:
    """Past colons, quotation marks and complementisers, except one that is the content's subject."""
    end = len(reading.tokens)
    while i < end:
        word = reading.norm(i)
        if word in OPENERS or word in {":", "-", '"', "،", ","}:
            i += 1
        elif is_complementiser(word):
            following = i + 1
            while following < end and reading.norm(following) in OPENERS | COMMAS:
                following += 1
            if (
                word[-1] in "هاميين"
                and word[-1] != "ن"
                and not (
                    reading.is_verb(following, at_head=True)
                    or reading.norm(following) in _KEEPS_VERB
                    or is_complementiser(reading.norm(following))
                )
            ):
                return i
            i += 1
        elif reading.bare(i) in {"قد", "لقد"}:
            i += 1
        else:
            return i
    return min(i, end - 1)


def _with_object(reading: Reading, lo: int, verb: int, hi: int, stance: str) -> Match | None:
    """نفى المتحدث صحة التقرير: subject and object without a word between them."""
    accusing = reading.bare(verb).startswith("اتهم")
    stop = verb + 1
    while stop < hi and reading.norm(stop) not in SENTENCE_ENDS and stop - verb < 40:
        if reading.norm(stop) in participles() or (reading.joined(stop) and reading.is_verb(stop)):
            break
        stop += 1
    split = _object_index(reading, verb + 1, stop, accusing)
    if split is None:
        return None
    claimant = name(reading, verb + 1, split) if split > verb + 1 else None
    frame = _frame(reading, lo, verb, claimant, split, stance)
    frame.subjectless = claimant is None
    report = _names_report(reading, split, stop)
    return Match(
        frame,
        verb if report else split,
        names_report=report,
        keeps_verb=report,
        accusation=accusing,
    )


def _object_index(reading: Reading, lo: int, hi: int, accusing: bool) -> int | None:
    """Where the object of a verb-first clause begins: no case endings tell, so shapes must."""
    roles, reports = m.normal_words("roles"), m.normal_words("report_nouns")
    for i in range(lo, hi):
        word = reading.norm(i)
        if word in COMMAS and i > lo:
            continue
        bare = word[2:] if word.startswith("ال") else word
        if (
            word
            in {"ما", "اي", "كل", "بشدة", "وجود", "صحة", "ان", "تلك", "هذه", "هذا", "ذلك", "جميع"}
            and i >= lo
        ):
            return i + 1 if word == "بشدة" else i
        if bare in reports and bare not in roles:
            return i
        if i == lo:
            if not word.startswith("ال") and word not in roles and _masdar(word):
                return i
            continue
        if _masdar(word) and word not in roles:
            return i
        if (
            word.startswith("ال")
            and not reading.norm(i - 1).startswith("ال")
            and reading.norm(i - 1) not in roles
            and accusing
        ):
            return i
        if (
            accusing
            and word.startswith("ال")
            and not word.endswith(("ي", "ية", "يون", "يين", "يان"))
            and i > lo
        ):
            if reading.norm(i - 1) not in roles:
                return i
        if accusing and word.startswith("ب") and i - lo > 1:
            return i - 1
    return None


_MASDARS = frozenset(
    m.normal(word)
    for word in [
        "رفض",
        "وجود",
        "قيام",
        "صحة",
        "تورط",
        "علاقة",
        "علم",
        "نية",
        "مسؤولية",
        "مشاركة",
        "حدوث",
        "تعرض",
        "استخدام",
        "سعي",
        "صدور",
        "عقد",
        "توقيع",
        "تلقي",
        "إجراء",
        "تنفيذ",
        "دعم",
        "وقوع",
        "تقديم",
        "تسليم",
        "إرسال",
        "إطلاق",
        "قصف",
        "قتل",
        "اعتقال",
        "احتجاز",
        "شن",
        "إمكان",
        "إمكانية",
        "احتمال",
        "حصول",
        "ارتكاب",
        "تدخل",
        "تزويد",
        "تمويل",
        "بيع",
        "شراء",
        "زيارة",
        "لقاء",
        "إقالة",
        "استقالة",
        "وفاة",
        "مقتل",
        "إصابة",
        "إغلاق",
        "فتح",
        "انسحاب",
        "سحب",
        "نشر",
        "فرض",
        "رفع",
        "خفض",
        "زيادة",
        "أي",
        "كل",
        "ما",
        "كون",
        "التوصل",
        "اتفاق",
        "نقل",
        "تحويل",
        "تجنيد",
        "وصول",
        "دخول",
        "مغادرة",
        "سقوط",
        "هبوط",
        "ارتفاع",
        "انخفاض",
        "تراجع",
    ]
)


def _masdar(word: str) -> bool:
    return word in _MASDARS


def _names_report(reading: Reading, lo: int, hi: int) -> bool:
    """The object is "the report", "these accusations", "its truth": nothing of what it says."""
    reports = m.normal_words("report_nouns")
    first = [reading.norm(i) for i in range(lo, min(hi, lo + 3))]
    bare = [word[2:] if word.startswith("ال") else word for word in first]
    if any(is_complementiser(reading.norm(i)) for i in range(lo, hi)):
        return False
    if not bare:
        return False
    if bare[0] in reports:
        return True
    return bare[0] in {"صحة", "كل", "جميع", "تلك"} and any(word in reports for word in bare[1:])


def _according(reading: Reading, lo: int, hi: int) -> Match | None:
    """وفقا لمصادر، …; بحسب الوكالة فإن …; حسب رأيه، …"""
    if reading.bare(lo) not in m.normal_words("according"):
        return None
    found = source_of(reading, lo, hi)
    if found is None:
        return None
    frame, i = found
    comma = False
    while i < hi and (reading.norm(i) in COMMAS or reading.norm(i) in {":", '"', "”", "»"}):
        comma = True
        i += 1
    if i >= hi or not (
        comma
        or reading.norm(i) in {"فان", "ان", "فانه", "فانها", "فقد"}
        or is_complementiser(reading.norm(i))
        or reading.is_verb(i)
        or reading.quote_at(i)
    ):
        return None
    while i < hi and (
        reading.norm(i) in {"فان", "ان", "فقد", "فانه", "فانها", "انه", "انها"}
        or reading.norm(i) in COMMAS
        or reading.norm(i) in OPENERS
    ):
        i += 1
    return Match(frame, i) if i < hi else None


def source_of(reading: Reading, lo: int, hi: int) -> tuple[Frame, int] | None:
    """The source behind وفقا / بحسب / حسب قوله at ``lo``, and the index behind it."""
    i = lo + 1
    word = reading.norm(i)
    if word in {"ل", "لـ", "عن", "الى"}:
        i += 1
    if reading.norm(i) in m.normal_words("own_saying"):
        last = i + 1
        if reading.norm(i) == "حد":
            last += 1
        frame = _frame(reading, lo, lo, None, last, "asserts")
        frame.cue = Span(reading.start(lo), reading.tokens[last - 1].end)
        frame.subjectless, frame.gender = True, ""
        return frame, last
    if reading.bare(lo) == "حسبما" and stance_of(reading.norm(i)) == "asserts":
        i += 1
    end = i
    while end < hi and end - i < 14:
        word = reading.norm(end)
        if word in COMMAS and not _closes_soon(reading, end, hi):
            break
        if (
            word in SENTENCE_ENDS
            or is_complementiser(word)
            or word in {"فان", "فانه", "فانها", "فقد", ":"}
        ):
            break
        if end > i and (reading.is_verb(end) and word not in m.normal_words("roles")):
            break
        end += 1
    claimant = name(reading, i, end)
    if claimant is None:
        return None
    first = reading.norm(i)
    if first.startswith("ل") and is_addressee(first) and not first.startswith("لل"):
        claimant = Span(claimant.start + 1, claimant.end)
    frame = _frame(reading, lo, lo, claimant, end, "asserts")
    frame.gender = ""
    return frame, end


def _closes_soon(reading: Reading, comma: int, hi: int) -> bool:
    return False


def _adverbial_first(reading: Reading, lo: int, hi: int) -> Match | None:
    """وفي الأسبوع الماضي، ذكرت صحيفة أن …; وعن المطار قال: …"""
    if reading.bare(lo) not in m.normal_words("leads") and not (
        reading.bare(lo).startswith("ب") and reading.joined(lo)
    ):
        return None
    relative = False
    for i in range(lo + 1, min(hi, lo + _TO_VERB)):
        word = reading.norm(i)
        if word in SENTENCE_ENDS or word == ":":
            return None
        quote = reading.quote_at(i)
        if quote is not None and quote.end - quote.start > 60:
            return None
        if word in RELATIVES:
            relative = True
            continue
        if word in COMMAS:
            relative = False
            continue
        stance = stance_of(word)
        if stance is not None and not relative:
            if (
                word in m.normal_words("ambiguous")
                and reading.norm(i - 1) not in COMMAS
                and i - lo < 3
            ):
                continue
            match = _verb_first(reading, lo, i, hi, reach=14)
            if match is not None:
                return match
            continue
        if (
            reading.is_verb(i)
            and not relative
            and reading.norm(i - 1) not in {"ان", "عندما", "حين", "ما"}
        ):
            return None
    return None


def _subject_first(reading: Reading, lo: int, hi: int) -> Match | None:
    """صندوق النقد قال إن …; المسؤولون نفوا التقرير"""
    head = reading.bare(lo)
    if (
        not reading.tokens[lo].is_word
        or reading.is_verb(lo)
        or head in m.normal_words("leads")
        or is_complementiser(head)
    ):
        return None
    relative = False
    for i in range(lo + 1, min(hi, lo + _TO_VERB)):
        word = reading.norm(i)
        if word in SENTENCE_ENDS or word == ":" or (reading.joined(i) and reading.is_verb(i)):
            return None
        if word in RELATIVES:
            relative = True
            continue
        if word in COMMAS:
            relative = False
            continue
        stance = stance_of(word)
        if stance is None or (word in m.normal_words("ambiguous") and reading.norm(i - 1) != "قد"):
            if reading.is_verb(i) and not relative:
                return None
            continue
        if relative or reading.norm(i - 1) in {"لم", "لن", "لا", "ما", "ولم"}:
            continue
        claimant = name(reading, lo, i)
        if claimant is None:
            return None
        opened = content_of(reading, i + 1, min(hi, i + 9))
        if opened is not None:
            return Match(_frame(reading, lo, i, claimant, opened[1], stance), opened[1])
        if stance == "denies":
            report = _names_report(reading, i + 1, min(hi, i + 6))
            frame = _frame(reading, lo, i, claimant, i + 1, stance)
            return Match(frame, i if report else i + 1, names_report=report, keeps_verb=report)
        return None
    return None


def participle_at(reading: Reading, i: int, hi: int) -> Match | None:
    """…، مؤكدا أن … : carries on for whoever spoke or acted before."""
    word = reading.bare(i)
    if word not in participles():
        return None
    following = reading.norm(i + 1)
    if i + 1 >= hi or following in SENTENCE_ENDS or following in {"ب", "بذلك"}:
        return None
    position = word in participles("participles_position")
    stance = (
        "denies"
        if word in participles("participles_denying")
        else "doubts"
        if word in participles("participles_doubting")
        else "asserts"
    )
    opened = content_of(reading, i + 1, min(hi, i + 12))
    accusation = word.startswith("متهم")
    if position or opened is None or accusation:
        content = i if position else i + 1
    else:
        content = opened[1]
    if content == i + 1 and reading.norm(content) in {"الى", "على", "عن", "من", "في"}:
        if word in {"محذرا", "محذرة", "محذرين"}:
            content = i
        else:
            content += 1
    frame = _frame(reading, i, i, None, content if content > i else i + 1, stance)
    frame.subjectless, frame.gender = True, "f" if word.endswith("ة") else ""
    frame.plural = word.endswith("ين")
    report = stance == "denies" and _names_report(reading, i + 1, min(hi, i + 6))
    return Match(
        frame,
        i if report else content,
        names_report=report,
        keeps_verb=position or report,
        accusation=accusation,
    )
