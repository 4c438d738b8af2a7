"""Word lists: UTF-8 text beside the language's code, one term a line, ``#`` starts a comment."""

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def terms(code: str, name: str) -> tuple[str, ...]:
    """The terms of ``<code>/<name>.txt`` in file order; none where only other languages have it.

    Raises FileNotFoundError naming the path where no language has such a list.
    """
    path = _HERE / code / f"{name}.txt"
    if not path.exists() and any(_HERE.glob(f"*/{name}.txt")):
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    bare = (line.split("#", 1)[0].strip() for line in lines)
    return tuple(line for line in bare if line)


@cache
def words(code: str, name: str) -> frozenset[str]:
    """The same list as a set, for asking whether a word is in it."""
    return frozenset(terms(code, name))


@cache
def table(code: str, name: str) -> dict[str, str]:
    """A list whose lines read ``term = value``, as a mapping."""
    pairs = (line.partition("=") for line in terms(code, name))
    return {term.strip(): value.strip() for term, _, value in pairs}
