"""English articles as the web has them: headlines, credits, titles in quotation marks, mixed marks."""

import pytest


def _said(claims):
    return [(c.text, c.claimant.text if c.claimant else None) for c in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A straight mark that a curly one closes.
        (
            '"The old mill has stood empty for years,” said Ida Crane, a surveyor.',
            [("The old mill has stood empty for years", "Ida Crane")],
        ),
        # What stands in quotation marks is the name of a programme.
        (
            '"We sold the ferry in spring," Reed said on the radio\'s "Voice of the Harbour."',
            [("We sold the ferry in spring", "Reed")],
        ),
        # Words of saying that are nouns here.
        (
            "The two taped a long show that opened the season.",
            [("The two taped a long show that opened the season", None)],
        ),
        # Nobody has said it yet.
        (
            "Thousands of fishers will learn that their boats were sold.",
            [("Thousands of fishers will learn that their boats were sold", None)],
        ),
        # An act, not a report.
        (
            "The mayor won them over by telling them that the toll would fall.",
            [("The mayor won them over by telling them that the toll would fall", None)],
        ),
        (
            "The mayor vowed not to repeat that mistake.",
            [("The mayor vowed not to repeat that mistake", None)],
        ),
        (
            "Everything the mayor says is written down by two clerks.",
            [("Everything the mayor says is written down by two clerks", None)],
        ),
        # The speaker begins behind a bracket, an adverbial, a comma.
        (
            "The mayor missed two meetings in spring (her office later disclosed that she was ill).",
            [("The mayor missed two meetings in spring", None), ("she was ill", "her office")],
        ),
        (
            "Several weeks ago, Ida Crane stated that the mill was sound.",
            [("the mill was sound", "Ida Crane")],
        ),
        (
            "The firm closed the mill in June, saying its surveyors found the roof had sunk.",
            [
                ("The firm closed the mill in June", None),
                ("its surveyors found the roof had sunk", "The firm"),
            ],
        ),
        (
            "A walk helps people to calm down, adds physician Ida Crane.",
            [("A walk helps people to calm down", "physician Ida Crane")],
        ),
        # One modal behind the other shares its verb.
        (
            "The guild said the firm can and will be sued.",
            [("the firm can and will be sued", "The guild")],
        ),
        # An adverb tells the verb.
        (
            "The mayor regularly misses meetings and is late with the books.",
            [("The mayor regularly misses meetings", None), ("is late with the books", None)],
        ),
        (
            "Guild leaders have indicated they wanted the mayor to go so that the clerk can run.",
            [("they wanted the mayor to go so that the clerk can run", "Guild leaders")],
        ),
    ],
)
def test_who_says_what_in_english_articles(split, text, expected):
    assert _said(split(text, "en")) == expected


def test_what_cannot_speak_is_not_who_she_is(split):
    text = 'Ida Crane said the roof had sunk. This practice helps people. "The wall is sound," she said.'
    assert [c.claimant and c.claimant.text for c in split(text, "en")] == [
        "Ida Crane",
        None,
        "Ida Crane",
    ]


def test_a_first_line_too_short_for_a_lead_is_the_headline(split):
    text = (
        "Harbour town struggles with its bridge.\n\n"
        "The council closed the old bridge on Monday after two lorries had broken through its deck.\n\n"
        "The mayor has no money for repairs. The guild wants a new bridge."
    )
    assert not any(claim.text.startswith("Harbour town") for claim in split(text, "en"))


def test_who_helped_to_write_is_no_claim(split):
    text = "The council closed the old bridge. Ida Crane and Tom Reed contributed reporting."
    assert [claim.text for claim in split(text, "en")] == ["The council closed the old bridge"]


def test_the_mark_of_an_editors_note_is_no_part_of_the_claim(split):
    (claim,) = split("Editor’s note: The council has closed the old bridge.", "en")
    assert claim.text == "The council has closed the old bridge"
