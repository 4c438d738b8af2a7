"""What the handbook tells editors is what the code does."""

import re
from pathlib import Path

import pytest

from claims.workflow import TRANSITIONS

DOCS = Path(__file__).resolve().parent.parent / "docs"
HANDBOOK = DOCS / "handbook.md"
ROLES = {"claims.research": "Editor", "claims.review": "Reviewer", "claims.publish": "Publisher"}


def test_the_handbooks_moves_are_the_codes_moves() -> None:
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in HANDBOOK.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and line.count("|") == 6
    ]
    assert rows[1:] == [
        (
            action,
            ", ".join(source.value for source in move.sources),
            ", ".join(target.value for target in move.targets),
            ROLES[move.permission],
            "yes" if move.reason else "",
        )
        for action, move in TRANSITIONS.items()
    ]


def chapters(edition: str) -> list[str]:
    lines = (DOCS / edition).read_text(encoding="utf-8").splitlines()
    return [line.split()[1] for line in lines if line.startswith("## ")]


def pictured(edition: str) -> list[str]:
    text = (DOCS / edition).read_text(encoding="utf-8")
    return re.findall(r"!\[[^\]]+\]\((\S+)\)", text)


def test_both_editions_have_the_same_chapters_in_the_same_order() -> None:
    assert chapters("handbook.md") == [str(number) for number in range(1, 18)]
    assert chapters("handbook.ar.md") == chapters("handbook.md")


@pytest.mark.parametrize(("edition", "language"), [("handbook.md", "en"), ("handbook.ar.md", "ar")])
def test_each_chapter_has_its_picture_in_its_language(edition: str, language: str) -> None:
    named = pictured(edition)
    assert len(named) == 16
    for picture in named:
        assert picture.endswith(f".{language}.webp")
        assert (DOCS / picture).is_file(), picture


def test_the_pictures_are_light_enough_to_carry_along() -> None:
    assert sum(path.stat().st_size for path in (DOCS / "pictures").iterdir()) < 4_000_000


@pytest.mark.parametrize("edition", ["handbook", "handbook.ar"])
def test_the_printed_pages_hold_every_chapter_of_their_source(edition: str) -> None:
    page = (DOCS / f"{edition}.html").read_text(encoding="utf-8")
    for number in chapters(f"{edition}.md"):
        assert f'<h2 id="c{number}">' in page, "run python -m docs.make_handbook --pages"
