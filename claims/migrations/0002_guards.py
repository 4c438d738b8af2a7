"""What may never change, and which moves must have been earned: triggers on both databases.

Every guard is one condition, in SQL that SQLite and PostgreSQL both read; a row for which it holds
is refused. SQLite's table remakes drop triggers without a word: `tests/models/test_guards.py`
lists them after all migrations.
"""

from django.db import migrations

from claims.migrations import _guards

LEGAL = """'found>queued', 'queued>researching', 'found>dismissed', 'queued>dismissed',
    'researching>dismissed', 'dismissed>found', 'dismissed>queued', 'dismissed>researching',
    'queued>waiting', 'researching>waiting', 'waiting>researching', 'researching>in_review',
    'correcting>in_review', 'in_review>approved', 'in_review>researching',
    'in_review>correcting', 'approved>researching', 'approved>correcting', 'approved>published',
    'published>correcting', 'correcting>published', 'published>retracted'"""

# Approvals of version {v} that count, as an SQL scalar.
APPROVALS = """(SELECT COUNT(*) FROM claims_review r JOIN claims_verdictversion rv
    ON rv.id = r.version_id WHERE r.version_id = {v} AND r.decision = 'approve'
    AND r.digest = rv.digest AND r.reviewer_id <> rv.author_id)"""

NEWEST = """(SELECT MAX(nv.id) FROM claims_verdictversion nv WHERE nv.claim_id = NEW.id)"""

FROZEN = [
    "transition", "contribution", "verdictversion", "review", "logentry", "lognode", "publication",
]

# name, table, event, refused when, message
GUARDS = [
    *[
        (f"{table}_never_{event.lower()}d", table, event, "1 = 1",
         f"rows of {table} are append-only")
        for table in FROZEN
        for event in ("UPDATE", "DELETE")
    ],
    ("logbody_never_updated", "logbody", "UPDATE", "1 = 1", "a published body never changes"),
    ("logbody_goes_only_with_its_erasure", "logbody", "DELETE",
     "NOT EXISTS (SELECT 1 FROM claims_logentry e WHERE e.erases_id = OLD.entry_id)",
     "a body goes only with its erasure entry"),
    ("loghead_only_grows", "loghead", "UPDATE",
     """NEW.size <= OLD.size OR NEW.id <> OLD.id
        OR NEW.size <> (SELECT MAX(e.number) + 1 FROM claims_logentry e)""",
     "the log only grows, by the entries it has"),
    ("loghead_stays", "loghead", "DELETE", "1 = 1", "the log's head stays"),
    ("logentry_in_order", "logentry", "INSERT",
     "NEW.number <> (SELECT COALESCE(MAX(e.number) + 1, 0) FROM claims_logentry e)",
     "the log has no gaps"),
    ("article_unchanged", "article", "UPDATE",
     "NEW.text <> OLD.text OR NEW.sha256 <> OLD.sha256 OR NEW.received_at <> OLD.received_at",
     "an article's text never changes"),
    ("article_stays", "article", "DELETE", "1 = 1", "an article is never deleted"),
    ("appearance_stays", "appearance", "DELETE", "1 = 1", "an appearance is never deleted"),
    ("position_verbatim_insert", "position", "INSERT",
     """NEW.text <> (SELECT substr(a.text, NEW."start" + 1, NEW."end" - NEW."start")
        FROM claims_article a WHERE a.id = NEW.article_id)""",
     "a position's text is the article's own, at its offsets"),
    ("position_verbatim_update", "position", "UPDATE",
     """NEW.text <> (SELECT substr(a.text, NEW."start" + 1, NEW."end" - NEW."start")
        FROM claims_article a WHERE a.id = NEW.article_id)""",
     "a position's text is the article's own, at its offsets"),
    ("transition_chained", "transition", "INSERT",
     """NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM claims_transition t
        WHERE t.subject = NEW.subject AND t.subject_id = NEW.subject_id
        AND t.number = NEW.number - 1 AND t.hash = NEW.previous)""",
     "a move names the hash of the one before"),
    ("transition_legal", "transition", "INSERT",
     f"""NEW.subject = 'claim' AND ((NEW.from_state <> NEW.to_state AND
        NEW.from_state || '>' || NEW.to_state NOT IN ({LEGAL}))
        OR NOT EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.subject_id
            AND c.state = NEW.from_state AND c.moves = NEW.number - 1))""",
     "no such move from here"),
    ("claim_starts_found", "claim", "INSERT", "NEW.state <> 'found' OR NEW.moves <> 0",
     "a claim starts as found"),
    ("claim_moves_with_a_transition", "claim", "UPDATE",
     """(NEW.state <> OLD.state OR NEW.moves <> OLD.moves) AND (
        NEW.moves <> OLD.moves + 1 OR NOT EXISTS (SELECT 1 FROM claims_transition t
            WHERE t.subject = 'claim' AND t.subject_id = NEW.id AND t.number = NEW.moves
            AND t.from_state = OLD.state AND t.to_state = NEW.state))""",
     "a claim moves only with its transition"),
    ("claim_review_is_earned", "claim", "UPDATE",
     f"""NEW.state = 'in_review' AND OLD.state <> 'in_review' AND (
        {NEWEST} IS NULL
        OR EXISTS (SELECT 1 FROM claims_review r WHERE r.version_id = {NEWEST})
        OR EXISTS (SELECT 1 FROM claims_publication p WHERE p.version_id = {NEWEST}))""",
     "a review needs a new verdict version"),
    ("claim_approval_is_earned", "claim", "UPDATE",
     f"""NEW.state = 'approved' AND OLD.state <> 'approved' AND (
        {NEWEST} IS NULL OR {APPROVALS.format(v=NEWEST)} <
        (SELECT q.quorum FROM claims_verdictversion q WHERE q.id = {NEWEST}))""",
     "an approval needs its quorum of reviews"),
    ("claim_publication_is_earned", "claim", "UPDATE",
     f"""NEW.state = 'published' AND OLD.state = 'approved' AND NOT EXISTS (
        SELECT 1 FROM claims_publication p WHERE p.claim_id = NEW.id
        AND p.version_id = {NEWEST} AND p.kind <> 'retraction')""",
     "a published claim needs its publication"),
    ("claim_retraction_is_earned", "claim", "UPDATE",
     """NEW.state = 'retracted' AND OLD.state <> 'retracted' AND NOT EXISTS (
        SELECT 1 FROM claims_publication p WHERE p.claim_id = NEW.id AND p.kind = 'retraction')""",
     "a retracted claim needs its retraction"),
    ("claim_with_a_history_stays", "claim", "DELETE", "OLD.moves > 0 OR OLD.state <> 'found'",
     "a claim with a history is never deleted"),
    ("policy_changes_with_a_transition", "policy", "UPDATE",
     """(NEW.quorum <> OLD.quorum OR NEW.evidence_minimum <> OLD.evidence_minimum
        OR NEW.third_party_budget <> OLD.third_party_budget OR NEW.move <> OLD.move)
        AND (NEW.move <= OLD.move OR NOT EXISTS (SELECT 1 FROM claims_transition t
            WHERE t.subject = 'desk' AND t.number = NEW.move AND t.action = 'change_policy'))""",
     "the policy changes only with its transition"),
    ("policy_stays", "policy", "DELETE", "1 = 1", "the policy stays"),
    ("version_keeps_the_quorum", "verdictversion", "INSERT",
     "NEW.quorum < (SELECT COALESCE(MAX(p.quorum), 1) FROM claims_policy p)",
     "a version is proposed under the desk's quorum"),
    ("review_of_what_it_says", "review", "INSERT",
     """NOT EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_claim c ON c.id = v.claim_id
        WHERE v.id = NEW.version_id AND v.author_id = NEW.author_id AND v.digest = NEW.digest
        AND c.state = 'in_review' AND v.id = (
            SELECT MAX(w.id) FROM claims_verdictversion w WHERE w.claim_id = v.claim_id))""",
     "a review names the author and digest of the version that is in review"),
    ("review_by_other_eyes", "review", "INSERT",
     """EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_verdictversion w
        ON w.claim_id = v.claim_id WHERE v.id = NEW.version_id AND w.author_id = NEW.reviewer_id
        AND w.id > COALESCE((SELECT MAX(p.version_id) FROM claims_publication p
            WHERE p.claim_id = v.claim_id), 0))
        OR EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_contribution k
        ON k.claim_id = v.claim_id WHERE v.id = NEW.version_id AND k.user_id = NEW.reviewer_id
        AND k.publications = (SELECT COUNT(*) FROM claims_publication p
            WHERE p.claim_id = v.claim_id))""",
     "nobody reviews what they had a hand in"),
    ("publication_is_approved", "publication", "INSERT",
     f"""NOT EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_claim c
        ON c.id = v.claim_id WHERE v.id = NEW.version_id AND v.claim_id = NEW.claim_id
        AND v.language = NEW.language AND c.state =
            CASE NEW.kind WHEN 'retraction' THEN 'published' ELSE 'approved' END)
        OR (NEW.kind <> 'retraction' AND ({APPROVALS.format(v="NEW.version_id")} <
            (SELECT v.quorum FROM claims_verdictversion v WHERE v.id = NEW.version_id)
        OR EXISTS (SELECT 1 FROM claims_review r WHERE r.version_id = NEW.version_id
            AND r.decision = 'send_back')
        OR EXISTS (SELECT 1 FROM claims_verdictversion w WHERE w.claim_id = NEW.claim_id
            AND w.language = NEW.language AND w.id > NEW.version_id)))""",
     "only an approved verdict is published"),
    ("publication_replaces_its_own", "publication", "INSERT",
     """NEW.replaces_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_publication p
        WHERE p.entry_id = NEW.replaces_id AND p.claim_id = NEW.claim_id
        AND p.language = NEW.language AND p.verdict_number = NEW.verdict_number
        AND p.version_number = NEW.version_number - 1 AND p.kind <> 'retraction')""",
     "a publication replaces the one before of the same verdict"),
    ("publication_is_its_entry", "publication", "INSERT",
     """NOT EXISTS (SELECT 1 FROM claims_logentry e WHERE e.number = NEW.entry_id
        AND e.kind = NEW.kind AND e.published_at = NEW.published_at)""",
     "a publication is its log entry"),
]

TRUNCATABLE = [*FROZEN, "logbody", "loghead", "article", "appearance", "policy"]


def create(apps, schema_editor):
    _guards.create(schema_editor, GUARDS)
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "CREATE FUNCTION never_truncated() RETURNS trigger LANGUAGE plpgsql AS $guard$ "
                "BEGIN RAISE EXCEPTION 'this table is append-only' "
                "USING ERRCODE = 'check_violation'; END $guard$"
            )
            for table in TRUNCATABLE:
                cursor.execute(
                    f"CREATE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON claims_{table} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION never_truncated()"
                )


def drop(apps, schema_editor):
    _guards.drop(schema_editor, GUARDS)
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION never_truncated() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
