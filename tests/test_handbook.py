"""What the handbook tells editors is what the code does."""

from pathlib import Path

from claims.workflow import TRANSITIONS

HANDBOOK = Path(__file__).resolve().parent.parent / "docs" / "handbook.md"
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
