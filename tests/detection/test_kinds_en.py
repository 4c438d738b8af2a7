"""The kind of an English claim: what is intended, possible, counted, judged."""

import pytest


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # What somebody is reported to intend.
        ("The mayor said she would no longer defend the clerk.", "position"),
        ("The mayor said the toll would rise in spring.", "prediction"),
        # What may come, and what could not be done.
        ("The bank warned that the strike could slow trade for years.", "prediction"),
        ("The divers could not open the lock.", "event"),
        # An adverb does not hide the verb.
        ("The guild is now celebrating its new hall.", "event"),
        ("The clerk has quietly closed the office.", "event"),
        ("The clerk didn't open the office.", "event"),
        # A year counts nothing.
        ("Two traders have left the guild after a 2005 letter surfaced.", "event"),
        # The paper itself judges.
        ("The letter is an insult to the whole town.", "opinion"),
        # The place stands before what is wanted.
        ("In the old town, both guilds have opposed the new toll.", "position"),
    ],
)
def test_the_kind_of_an_english_claim(split, text, kind):
    assert split(text, "en")[-1].kind == kind
