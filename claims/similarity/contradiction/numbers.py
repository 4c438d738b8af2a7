"""Whether two claims name the same numbers."""

from collections.abc import Sequence

from claims.similarity.contradiction.model import Reason
from claims.similarity.contradiction.numerals import grain
from claims.similarity.contradiction.reading_numbers import Quantity

# What a unit measures, and how many of the smallest one it holds.
_MEASURES = {
    "minute": ("time", 1 / 60),
    "hour": ("time", 1.0),
    "day": ("time", 24.0),
    "week": ("time", 168.0),
    "month": ("time", 730.5),
    "year": ("time", 8766.0),
    "decade": ("time", 87660.0),
    "metre": ("length", 1.0),
    "kilometre": ("length", 1000.0),
    "mile": ("length", 1609.344),
    "kilogram": ("weight", 1.0),
    "tonne": ("weight", 1000.0),
    "barrel": ("volume", 1.0),
    "hectare": ("area", 1.0),
    "degree": ("degree", 1.0),
    "vote": ("vote", 1.0),
    "point": ("point", 1.0),
    "basis point": ("point", 0.01),
    "goal": ("goal", 1.0),
}
_CURRENCIES = frozenset(
    ["dollar", "euro", "lira", "riyal", "dinar", "dirham", "pound", "rouble", "yuan", "shekel"]
)
# Minutes: 10:30 in the evening is 22:30.
_HALF_DAY = 720
_BOUNDS = frozenset({"about", "over", "under"})
# A rounded number and the exact one are at most this far apart, as a share.
_ROUNDED = 0.06
# The same for a number told in thousands or millions.
_SHORT = 0.01
# From here on nobody tells the digits behind the point.
_LARGE = 100
# Shares of a hundred in words are rounded: two thirds, 67 per cent.
_SHARE = 0.6


def conflict(
    mine: Sequence[Quantity], theirs: Sequence[Quantity], *, across: bool
) -> Reason | None:
    """The first number of the one that the other contradicts. A number in one only does not count."""
    left, right = list(mine), list(theirs)
    for one in mine:
        other = next((two for two in right if _agree(one, two)), None)
        if other is not None:
            left.remove(one)
            right.remove(other)
    pairs = [(one, two) for one in left for two in right if _comparable(one, two, across)]
    if not pairs:
        return None
    one, two = max(pairs, key=lambda pair: _alike(*pair))
    return Reason("number", one.text, two.text)


def shared(mine: Sequence[Quantity], theirs: Sequence[Quantity]) -> int:
    """How many numbers of the one the other names as well, or another in the same unit."""
    return sum(
        not one.weak
        and any(_agree(one, two) or (one.unit != "" and one.unit == two.unit) for two in theirs)
        for one in mine
    )


def _scale(quantity: Quantity) -> tuple[str, float]:
    return _MEASURES.get(quantity.unit, ("", 1.0))


def _agree(one: Quantity, two: Quantity) -> bool:
    kinds = {one.kind, two.kind}
    if len(kinds) == 2:
        if kinds == {"count", "score"}:
            plain, score = (one, two) if one.kind == "count" else (two, one)
            return plain.low in (score.low, score.high)
        return kinds in ({"count", "times"}, {"count", "ordinal"}) and one.low == two.low
    if one.kind == "clock":
        return (one.low - two.low) % _HALF_DAY == 0
    if one.kind == "score":
        return (one.low, one.high) == (two.low, two.high)
    if _currency(one) and _currency(two) and one.unit != two.unit:
        return False
    (measure, factor), (other, times) = _scale(one), _scale(two)
    if measure and other and measure != other:
        return False
    if not measure or not other:
        factor = times = 1.0
    a, b = (one.low * factor, one.high * factor), (two.low * times, two.high * times)
    if a == b:
        return True
    exact = a[0] == a[1] and b[0] == b[1]
    if not exact:
        return _inside(a, b) or _inside(b, a)
    x, y = a[0], b[0]
    if one.kind == "percent" and abs(x - y) <= _SHARE and _in_thirds(x, y):
        return True
    if measure == "time" and factor != times:
        return abs(x - y) <= 0.03 * max(x, y)
    if max(x, y) >= _LARGE and (x % 1 == 0) != (y % 1 == 0) and round(x) == round(y):
        # 502 kilometres, 502.3 kilometres
        return True
    if {one.bound, two.bound} <= _BOUNDS:
        # "more than 1,200" and "more than 1,250" are two numbers
        return False
    return _rounded(one, x, y) or _rounded(two, y, x)


def _inside(inner: tuple[float, float], outer: tuple[float, float]) -> bool:
    return outer[0] < outer[1] and outer[0] <= inner[0] and inner[1] <= outer[1]


def _in_thirds(x: float, y: float) -> bool:
    """One of the two is a share that no whole number says."""
    return any(round(value % 1, 1) in (0.3, 0.7) for value in (x, y))


def _rounded(quantity: Quantity, rough: float, exact: float) -> bool:
    """``exact`` is what the bound or the rounding ``rough`` stands for: finer, and close to it."""
    step = grain(rough)
    if not quantity.bound or grain(exact) >= step:
        return False
    if quantity.bound == "short":
        # 405 thousand, 405,882
        near = abs(exact - rough) < min(step, _SHORT * rough)
        return near and grain(exact) * 100 <= step
    if quantity.bound == "over":
        return rough <= exact < rough + step
    if quantity.bound == "under":
        return rough - step < exact <= rough
    return abs(exact - rough) <= min(step / 2, _ROUNDED * rough)


def _currency(quantity: Quantity) -> bool:
    return quantity.unit in _CURRENCIES


def _comparable(one: Quantity, two: Quantity, across: bool) -> bool:
    """Two numbers that cannot both be: of one kind, and not plainly of different things."""
    if one.kind != two.kind:
        return {one.kind, two.kind} in ({"count", "score"}, {"count", "times"})
    if one.unit and two.unit and one.unit != two.unit:
        measures = _scale(one)[0], _scale(two)[0]
        people = {"person", "dead", "injured", "child"}
        if {one.unit, two.unit} == {"dead", "injured"}:
            return False
        if {one.unit, two.unit} <= people or (_currency(one) and _currency(two)):
            return True
        return bool(measures[0]) and measures[0] == measures[1]
    if one.weak or two.weak:
        same = one.noun == two.noun or (one.unit != "" and one.unit == two.unit)
        return same or (across and max(one.low, two.low) > 1 and min(one.low, two.low) > 1)
    return True


def _alike(one: Quantity, two: Quantity) -> int:
    return 2 * (one.noun == two.noun) + 2 * (one.unit == two.unit) + (one.bound == two.bound)
