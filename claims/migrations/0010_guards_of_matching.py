"""The guards of matches, clusters, further appearances and looks, told whole.

A decided match keeps both its sides; a member's match is about that member and leads to its head; a
further appearance is what its match says, when it is listed again as well; a look stays what it found.
"""

from django.db import migrations

from claims.migrations import _guards

CONFIRMED = """EXISTS (SELECT 1 FROM claims_match m WHERE m.id = NEW.match_id
    AND m.state = 'confirmed' AND m.relation = 'same' AND m.claim_id = NEW.claim_id
    AND m.earlier_id IS NOT NULL{and_leads})"""
LEADS = """ AND (m.earlier_id = NEW.head_id OR EXISTS (SELECT 1 FROM claims_clustermember o
    WHERE o.claim_id = m.earlier_id AND o.head_id = NEW.head_id))"""
CHAINED = """EXISTS (SELECT 1 FROM claims_clustermember m
    WHERE m.claim_id = NEW.head_id OR m.head_id = NEW.claim_id)"""

MAY_BE_LISTED = """EXISTS (SELECT 1 FROM claims_clustermember k
        JOIN claims_match m ON m.id = k.match_id JOIN claims_claim c ON c.id = k.claim_id
        WHERE k.match_id = NEW.match_id AND k.head_id = NEW.claim_id
        AND c.article_id = NEW.article_id AND m.state = 'confirmed' AND m.relation = 'same')
    AND NOT EXISTS (SELECT 1 FROM claims_article a WHERE a.id = NEW.article_id AND a.confidential)
    AND EXISTS (SELECT 1 FROM claims_publication p WHERE p.claim_id = NEW.claim_id)"""

MEMBER = "a cluster has one head and no chains, and every member was confirmed"
LISTED = "only a confirmed repetition, in an article that may be named, is listed with a verdict"

GUARDS = [
    ("match_decided_stays", "match", "UPDATE",
     """OLD.state <> 'suggested' AND (NEW.claim_id <> OLD.claim_id
        OR COALESCE(NEW.earlier_id, 0) <> COALESCE(OLD.earlier_id, 0)
        OR COALESCE(NEW.check_found_id, 0) <> COALESCE(OLD.check_found_id, 0)
        OR NEW.relation <> OLD.relation OR NEW.score <> OLD.score OR NEW.reasons <> OLD.reasons
        OR NEW.method <> OLD.method OR (NEW.state <> 'suggested' AND (NEW.state <> OLD.state
            OR NEW.decided_by_id <> OLD.decided_by_id OR NEW.decided_at <> OLD.decided_at))
        OR (NEW.state <> 'confirmed' AND EXISTS (
            SELECT 1 FROM claims_clustermember k WHERE k.match_id = OLD.id)))""",
     "what a person decided on stays as it was then"),
    ("member_insert", "clustermember", "INSERT",
     f"{CHAINED} OR NOT {CONFIRMED.format(and_leads=LEADS)}", MEMBER),
    # Members that are brought along keep the matches that led to their former head.
    ("member_update", "clustermember", "UPDATE",
     f"{CHAINED} OR NOT {CONFIRMED.format(and_leads='')}", MEMBER),
    ("further_appearance_insert", "furtherappearance", "INSERT",
     f"NOT ({MAY_BE_LISTED})", LISTED),
    ("further_appearance_update", "furtherappearance", "UPDATE",
     f"""NEW.claim_id <> OLD.claim_id OR NEW.article_id <> OLD.article_id
        OR (NEW.withdrawn_at IS NULL AND NOT ({MAY_BE_LISTED}))""", LISTED),
    ("snapshotcheck_never_changes", "snapshotcheck", "UPDATE",
     """NEW.snapshot_id <> OLD.snapshot_id OR NEW.found <> OLD.found OR NEW.at <> OLD.at
        OR COALESCE(NEW.status, 0) <> COALESCE(OLD.status, 0) OR NEW.moved_to <> OLD.moved_to
        OR COALESCE(NEW.newer_id, 0) <> COALESCE(OLD.newer_id, 0)""",
     "a look at a page stays what it found"),
    ("snapshot_kept_never_changes", "snapshot", "UPDATE",
     """OLD.state = 'kept' AND (NEW.state <> OLD.state OR NEW.url <> OLD.url
        OR NEW.final_url <> OLD.final_url OR NEW.title <> OLD.title OR NEW.text <> OLD.text
        OR NEW.sha256 <> OLD.sha256 OR NEW.warc <> OLD.warc OR NEW.fetched_at <> OLD.fetched_at
        OR NEW.media_type <> OLD.media_type OR NEW.pages <> OLD.pages
        OR NEW.reason <> OLD.reason)""",
     "a kept copy never changes"),
]  # fmt: skip

# Those that 0005 made, of which the ones above say more.
BEFORE = [
    ("match_decided_stays",), ("member_insert",), ("member_update",),
    ("further_appearance_insert",), ("snapshot_kept_never_changes",),
]  # fmt: skip


def guard(apps, schema_editor):
    _guards.drop(schema_editor, BEFORE)
    _guards.create(schema_editor, GUARDS)


def unguard(apps, schema_editor):
    # The others are as good for the tables before.
    made = {name for name, *_rest in GUARDS} - {name for (name,) in BEFORE}
    _guards.drop(schema_editor, [(name,) for name in sorted(made)])


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0009_matches_seen_by_all'),
    ]

    operations = [
        migrations.RunPython(guard, unguard),
    ]
