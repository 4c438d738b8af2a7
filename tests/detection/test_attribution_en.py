"""English speakers and what they say: without "that", inside the sentence, between quotations."""

import pytest


def _said(claims):
    return [(c.text, c.claimant.text if c.claimant else None) for c in claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The auditor says the firm withheld two invoices.",
            [("the firm withheld two invoices", "The auditor")],
        ),
        (
            "The auditor said it's a small firm.",
            [("it's a small firm", "The auditor")],
        ),
        (
            "Engineers say heavy lorries have damaged the quay.",
            [("heavy lorries have damaged the quay", "Engineers")],
        ),
        (
            "Mayor Ann Reed said on Friday she had sold the hall.",
            [("she had sold the hall", "Mayor Ann Reed")],
        ),
        (
            "The harbour firm said in a statement Thursday night they closed the quay.",
            [("they closed the quay", "The harbour firm")],
        ),
        (
            "The surveyor said in a long talk to the council of the old town that the wall was sound.",
            [("the wall was sound", "The surveyor")],
        ),
        (
            "The envoy says he was in the capital that day.",
            [("he was in the capital that day", "The envoy")],
        ),
        (
            "The ferry, two officials said, is to be sold in spring.",
            [("The ferry, two officials said, is to be sold in spring", "two officials")],
        ),
        (
            "The old mill was unsafe, the surveyor said on Friday, as workers took down its roof.",
            [("The old mill was unsafe", "the surveyor")],
        ),
        (
            "The same ship sank twice, said Nora Beck, a historian who has written about it.",
            [("The same ship sank twice", "Nora Beck, a historian")],
        ),
        (
            "Overall, the bank predicted that prices would fall.",
            [("prices would fall", "the bank")],
        ),
        (
            "Even on Friday, he told reporters that the bill was paid.",
            [("the bill was paid", None)],
        ),
        (
            "Residents were told by the council that the well was dry.",
            [("the well was dry", "the council")],
        ),
        (
            "Residents were told that the well was dry.",
            [("the well was dry", None)],
        ),
        (
            "The choir cancelled its tour after the manager said the van was broken.",
            [("The choir cancelled its tour", None), ("the van was broken", "the manager")],
        ),
        (
            "Mara Toll, a cook at the inn, said guests still prefer the old stove.",
            [("guests still prefer the old stove", "Mara Toll, a cook at the inn")],
        ),
        (
            "Rumours spread on Monday that the bridge was about to be closed.",
            [("the bridge was about to be closed", None)],
        ),
        (
            "As the surveyor noted, the wall had stood for a century.",
            [("the wall had stood for a century", "the surveyor")],
        ),
        (
            "Reached by telephone, two villagers said the wall was down.",
            [("the wall was down", "two villagers")],
        ),
        (
            "The photograph shows the old quay, its owners claim.",
            [("The photograph shows the old quay", "its owners")],
        ),
        (
            "“The hall is full,” Reed said, adding that the choir had sold out.",
            [("The hall is full", "Reed"), ("the choir had sold out", "Reed")],
        ),
        (
            "After the fire it emerged that the doors had been locked.",
            [("the doors had been locked", None)],
        ),
    ],
)
def test_a_clause_without_that_is_what_was_said(split, text, expected):
    assert _said(split(text, "en")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "''The bridge is safe,'' Cole said. ''We open it tomorrow.''",
        "“The bridge is safe,“ Cole said. “We open it tomorrow.”",
    ],
)
def test_two_apostrophes_and_a_mark_turned_the_wrong_way_quote(split, text):
    claims = split(text, "en")
    assert _said(claims) == [("The bridge is safe", "Cole"), ("We open it tomorrow", "Cole")]
    assert [claim.form for claim in claims] == ["direct", "direct"]


def test_a_quotation_with_nobody_beside_it_goes_on_for_the_last_speaker(split):
    claims = split(
        "Mayor Ann Reed opened the market on Monday.\n\n“The hall was built by two hundred people.”",
        "en",
    )
    assert _said(claims)[1] == ("The hall was built by two hundred people", "Mayor Ann Reed")
    assert claims[1].form == "direct"


def test_a_sentence_on_both_sides_of_its_speaker_is_one_claim(split):
    (claim,) = split("“The best way to the coast,” Reed said, “is the old road.”", "en")
    assert claim.text == "The best way to the coast,” Reed said, “is the old road"


def test_a_second_participle_under_the_same_was_makes_no_claim(split):
    (claim,) = split("The letter was opened and dealt with on Monday.", "en")
    assert claim.text == "The letter was opened and dealt with on Monday"


def test_a_semicolon_parts_two_claims(split):
    claims = split("Many villagers take the matter calmly; it’s the third flood this year.", "en")
    assert [claim.text for claim in claims] == [
        "Many villagers take the matter calmly",
        "it’s the third flood this year",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The minister promised that the bridge would be repaired.", "position"),
        ("The minister said the bridge would be repaired by spring.", "prediction"),
        ("The wall that protected the town is a ruin.", "background"),
        ("The feast is observed in three valleys.", "background"),
        ("The wall appeared to be sound.", "background"),
        ("The council opposed the plan for a second quay.", "position"),
    ],
)
def test_the_main_verb_tells_what_kind_of_claim_it_is(split, text, kind):
    assert [claim.kind for claim in split(text, "en")] == [kind]


def test_each_question_of_a_quotation_is_left_out(split):
    claims = split("“Who paid for the quay? Can the town pay? It cannot,” Reed said.", "en")
    assert [claim.text for claim in claims] == ["It cannot"]


def test_when_the_speaker_did_something_else_does_not_date_what_is_said(split):
    (claim,) = split("“The hall is full,” said Nora Beck, who ran it from 1995 to 1997.", "en")
    assert claim.dates == ()
