"""What a score alone says of two claims. It knows neither negations nor numbers: ``contradiction``
does, and what that says stands above this."""

# From here on more pairs are the same matter than not.
SAME = 0.5
# Below, one of twenty is.
RELATED = 0.05


def by_score(score: float) -> str:
    """``same``, ``related`` or ``unrelated``."""
    if score >= SAME:
        return "same"
    return "related" if score >= RELATED else "unrelated"
