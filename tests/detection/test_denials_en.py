"""How English news denies, doubts and contradicts, and what only sounds like it."""

import pytest


@pytest.mark.parametrize(
    "text",
    [
        # a verb of denying and its objects
        "The Harbour Post reported that the ferry firm would close. The firm denied it.",
        "A watchdog said the agency had lost 300 files. The agency denies ever losing any files.",
        "Residents say the quarry dumped oil. The owner, Dale Marsh, denied any wrongdoing.",
        "Two nurses said that patients slept in corridors. The hospital rejected the allegation.",
        "The general said the town had been taken. Aid workers in the town contradicted him.",
        "The group said it shot down the plane. Defence officials disputed that.",
        "The group said it shot down the plane. Officials disputed that any plane was shot down.",
        "The union says 4,000 workers joined the strike. The company disputes the figure.",
        "The state says the strike was illegal, something the union disputes.",
        "Two senators said the treaty would cost jobs. The chamber of commerce doubts that figure.",
        "The mayor said the debt was paid. The treasurer disagreed.",
        "Officials say the water in Grell is safe. Residents are not convinced.",
        # called false
        "A union said workers had signed blank papers. “We reject this accusation,” the firm said.",
        "The ministry said the dam was inspected. “That's just wrong,” said engineer Ole Marr.",
        "Tim Orr said the fund was empty. The treasury called his remarks misleading.",
        "A website said the singer had died. Her manager called the story a fabrication.",
        "Ward said Pell had stolen the recipe. Pell accused Ward of lying.",
        "The agency reported that the envoy had left. “That is simply not the case,” the embassy said.",
        "The paper said the bank was selling its tower. There is no truth to the claim, the bank said.",
        # passive
        "An inspector wrote that the cells were flooded. His account was disputed by the warden.",
        "An online post said a shark was in the lake. The claim has been debunked by biologists.",
        # doubt
        "The ministry said the harvest had doubled. Farmers cast doubt on the figure.",
        "The company said the leak was small. An expert was sceptical about the company's claim.",
        # another story
        "The airline said nobody was hurt. Passengers told a different story.",
        "The minister said the road was safe. Contrary to the minister's claim, three lorries fell.",
    ],
)
def test_a_denial_joins_what_was_said_before_it(split, text):
    report, denial = split(text, "en")
    assert report.contested
    assert denial.stance in {"denies", "doubts"}
    assert denial.contests == (report.id,)


def test_a_part_is_granted_and_the_rest_denied(split):
    claims = split(
        "Campaigners say the firm knew of the defect. "
        "The firm acknowledged delays but denied that it knew of the defect.",
        "en",
    )
    assert [claim.stance for claim in claims] == ["asserts", "asserts", "denies"]
    assert claims[2].text == "it knew of the defect"
    assert claims[2].claimant.text == "The firm"
    assert claims[2].contests == (claims[0].id,)


def test_another_party_after_but_is_not_part_of_what_is_denied(split):
    claims = split(
        "The lawyers denied that any data had been sold, but a former analyst, speaking without "
        "his name, said that data on two million users had been sold.",
        "en",
    )
    assert claims[0].text == "any data had been sold"
    assert claims[1].text == "data on two million users had been sold"
    assert claims[0].contests == (claims[1].id,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The bank denied rumours that it had run out of cash.", "it had run out of cash"),
        ("The mayor dismissed as nonsense a report that he sold the park.", "he sold the park"),
        (
            "The company described as baseless the claim that it had spied on staff.",
            "it had spied on staff",
        ),
        (
            "Reports that the tunnel had collapsed are false, the rail company said.",
            "the tunnel had collapsed",
        ),
        ("Suggestions that the king was ill were dismissed by the palace.", "the king was ill"),
        (
            "The mill did not burn down, contrary to reports by local media that it was destroyed.",
            "it was destroyed",
        ),
    ],
)
def test_the_report_told_with_its_denial_is_a_claim_of_its_own(split, text, told):
    claims = split(text, "en")
    (report,) = (claim for claim in claims if claim.stance == "asserts")
    (denial,) = (claim for claim in claims if claim.stance == "denies")
    assert report.text == told
    assert denial.contests == (report.id,)


@pytest.mark.parametrize(
    "text",
    [
        "Police said the suspect was armed. A judge denied him bail.",
        "The lawyer said the hearing would be open. The court denied his request for a delay.",
        "The farmer said the well was dry. The state denied farmers compensation last year.",
        "The fund said it had lost money. Its manager denied investors their money until May.",
        "Reporters said the hall was full. They were denied access to the stage.",
        "The museum said attendance fell. It dismissed forty staff in May.",
        "The owner said the club was for sale. He rejected an offer from a rival.",
        "Economists said that wages had stagnated. No one denies that wages have stagnated.",
        "The firm said it would merge. Its chairman neither confirmed nor denied the report.",
        "The rebels said they had seized the port. The claim could not be verified.",
        "The driver said the light was green. A judge dismissed his appeal.",
        "The agency said that growth had slowed. It questioned 40 executives for the survey.",
    ],
)
def test_what_only_sounds_like_an_english_denial_contests_nothing(split, text):
    claims = split(text, "en")
    assert claims
    assert not any(claim.contested or claim.contests for claim in claims)


def test_a_relative_clause_about_rumours_is_not_what_they_say(split):
    (claim,) = split("The director denied rumours that have been circulating about her life.", "en")
    assert (claim.stance, claim.contested) == ("denies", False)
