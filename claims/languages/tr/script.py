"""How Turkish is written: from the left, with a casing of its own (``I`` is ``ı``, ``İ`` is ``i``)."""

DIRECTION = "ltr"

_CASE = str.maketrans({"I": "ı", "İ": "i"})


def lower(text: str) -> str:
    """Lower case by Turkish rules."""
    return text.translate(_CASE).lower()


def fold(text: str) -> str:
    """Lowered by its own casing; its letters stay."""
    return lower(text).replace("\u0307", "")
