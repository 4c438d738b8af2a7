"""The word lists: every one says what it is for, and no term is listed twice."""

from pathlib import Path

import pytest

from claims import languages
from claims.languages import lexicon

FOLDER = Path(languages.__file__).parent
LISTS = sorted(FOLDER.glob("*/*.txt"))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_list_opens_with_a_comment_and_has_terms(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert lines[0] != "# (empty)"
    assert lexicon.terms(path.parent.name, path.stem)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_term_is_listed_twice(path):
    terms = lexicon.terms(path.parent.name, path.stem)
    assert sorted({term for term in terms if terms.count(term) > 1}) == []


@pytest.mark.parametrize("code", languages.KNOWN)
def test_the_days_of_a_week_and_the_months_of_a_year_are_complete(code):
    assert set(lexicon.table(code, "weekdays").values()) == set("0123456")
    assert set(lexicon.table(code, "months").values()) == {str(n) for n in range(1, 13)}
