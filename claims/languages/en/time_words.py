"""The closed sets of words that English time expressions are built from."""

from functools import cache, lru_cache

from claims.languages.timing import numbers

WAYS = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "current": 0}
PERIODS = {
    "week": "week",
    "month": "month_of",
    "year": "year_of",
    "weekend": "weekend",
    "quarter": "quarter_of",
    "decade": "decade_of",
    "century": "century_of",
}
PARTS = {"early": 1, "mid": 2, "late": 3, "beginning": 1, "start": 1, "middle": 2, "end": 3}
DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night", "noon", "midday", "midnight"})
SEASONS = {"spring": 0, "summer": 1, "autumn": 2, "fall": 2, "winter": 3}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 0, "final": 0}
YEAR_HEADS = frozenset(
    {
        "in",
        "since",
        "by",
        "during",
        "until",
        "till",
        "before",
        "after",
        "from",
        "between",
        "through",
    }
    | {"to", "throughout", "around", "circa", "late", "early", "mid", "for"}
)
# Before the last moment of something, and before a stretch of time within which it is.
ENDINGS = frozenset({"by", "until", "till"})
WITHIN = frozenset({"in", "within", "over", "during"})
# Days that are part of a name.
NAMES = frozenset({"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"})
BEFORE_NAMES = frozenset({"super", "black", "good", "bloody", "palm", "ash", "cyber", "news"})
BEHIND_NAMES = frozenset({"times", "telegraph", "mirror", "express", "mail", "post", "herald"})
# Who files from where, and within how many tokens of the beginning.
AGENCIES = frozenset({"reuters", "ap", "afp", "upi", "bloomberg", "xinhua", "dpa", "cnn", "efe"})
DATELINE = 40
SURE_HEADS = frozenset({"in", "since", "until", "by", "from", "between", "of"})
MONTH_HEADS = YEAR_HEADS | {"of", "last", "next"}
# Names of months and days that are also other words.
DOUBTFUL = frozenset({"may", "mar", "march", "sun", "sat", "wed"})
SHORT_MONTHS = frozenset(
    ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"]
)
NO_NOUNS = frozenset(
    {"in", "on", "at", "to", "for", "of", "by", "with", "from", "and", "but", "or", "that", "as"}
    | {"after", "before", "when", "while", "because", "if", "until", "said", "says", "say"}
    | {"is", "are", "was", "were", "has", "have", "had", "will", "would", "could", "than", "amid"}
)

_LEADS = frozenset({"the", "since", "over", "at", "earlier", "later", "within", "in", "a", "an"})


@cache
def _openers() -> frozenset[str]:
    """The first words of all time expressions that hold no digit and no hyphen."""
    named = (numbers("en", name) for name in ("weekdays", "months", "numbers"))
    return _LEADS.union(DAYS, WAYS, PARTS, ORDINALS, SEASONS, *named)


@lru_cache(maxsize=50_000)
def may_begin(word: str) -> bool:
    """A quick no for the words with which no time expression begins: most of them."""
    return word in _openers() or "-" in word or any(char.isdigit() for char in word)
