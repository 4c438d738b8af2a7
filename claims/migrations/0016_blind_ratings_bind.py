"""Blind ratings bind: whoever decides has rated first, nobody rates what they had a hand in, and a
version that somebody rated otherwise is never approved. What was sent back says which parts.
"""

from django.db import migrations, models

from claims.migrations import _guards

BEFORE = [
    ("review_after_its_blind_rating", "review", "INSERT",
     """EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = NEW.version_id AND v.blind = TRUE)
        AND NOT EXISTS (SELECT 1 FROM claims_blindrating b WHERE b.version_id = NEW.version_id
            AND b.reviewer_id = NEW.reviewer_id)
        AND NEW.decision = 'approve'""",
     "the reviewer rates before they see the proposal"),
    ("version_keeps_to_the_blind_rating", "verdictversion", "INSERT",
     """NEW.blind <> TRUE AND (SELECT p.blind_rating FROM claims_policy p WHERE p.id = 1) = TRUE""",
     "a version is proposed under the desk's policy of blind rating"),
]
AFTER = [
    ("review_after_its_blind_rating", "review", "INSERT",
     """EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = NEW.version_id AND v.blind = TRUE)
        AND NOT EXISTS (SELECT 1 FROM claims_blindrating b WHERE b.version_id = NEW.version_id
            AND b.reviewer_id = NEW.reviewer_id)""",
     "the reviewer rates before they see the proposal"),
    # A translation rates nothing anew.
    ("version_keeps_to_the_blind_rating", "verdictversion", "INSERT",
     """NEW.blind <> TRUE AND NEW.translates_id IS NULL
        AND (SELECT p.blind_rating FROM claims_policy p WHERE p.id = 1) = TRUE""",
     "a version is proposed under the desk's policy of blind rating"),
]
NEW = [
    ("review_agrees_with_the_blind_ratings", "review", "INSERT",
     """NEW.decision = 'approve' AND EXISTS (SELECT 1 FROM claims_blindrating b
        JOIN claims_verdictversion v ON v.id = b.version_id
        WHERE b.version_id = NEW.version_id AND b.rating_id <> v.rating_id)""",
     "a version that somebody rated otherwise goes back"),
    ("blindrating_by_other_eyes", "blindrating", "INSERT",
     """EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_contribution k
        ON k.claim_id = v.claim_id WHERE v.id = NEW.version_id AND k.user_id = NEW.reviewer_id
        AND k.publications = (SELECT COUNT(*) FROM claims_publication p
            WHERE p.claim_id = v.claim_id))""",
     "nobody rates what they had a hand in"),
    ("blindrating_while_in_review", "blindrating", "INSERT",
     """NOT EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_claim c ON c.id = v.claim_id
        WHERE v.id = NEW.version_id AND c.state = 'in_review' AND v.id = (
            SELECT MAX(w.id) FROM claims_verdictversion w WHERE w.claim_id = v.claim_id))""",
     "a blind rating is about the version in review"),
]


def lay_down(apps, schema_editor):
    _guards.lay_down(schema_editor)


def take_up(apps, schema_editor):
    _guards.take_up(schema_editor)


def bind(apps, schema_editor):
    _guards.drop(schema_editor, BEFORE)
    _guards.create(schema_editor, [*AFTER, *NEW])


def unbind(apps, schema_editor):
    _guards.drop(schema_editor, [*AFTER, *NEW])
    _guards.create(schema_editor, BEFORE)


class Migration(migrations.Migration):
    dependencies = [("claims", "0015_news_and_rules")]
    operations = [
        migrations.RunPython(lay_down, take_up),
        migrations.AddField(
            model_name="review",
            name="passages",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunPython(take_up, lay_down),
        migrations.RunPython(bind, unbind),
    ]
