"""Whether the machine suggests that a claim repeats one whose verdict is public, kept by triggers
whoever changes what it follows from: matches, clusters, publications and their erasure. What
`Match.objects.seen_again()` asks of each match, less the state its claim is in.
"""

from django.db import migrations, models

from claims.migrations import _followers, _guards

ORDER = ["-priority", "-checkworthiness", "-id"]

REPEATS = """EXISTS (
    SELECT 1 FROM claims_match s LEFT JOIN claims_clustermember h ON h.claim_id = s.earlier_id
    WHERE s.claim_id = claims_claim.id AND s.state = 'suggested' AND s.relation = 'same'
    AND EXISTS (
        SELECT 1 FROM claims_publication p
        WHERE p.claim_id = COALESCE(h.head_id, s.earlier_id) AND p.kind <> 'retraction'
        AND NOT EXISTS (SELECT 1 FROM claims_publication r WHERE r.replaces_id = p.entry_id)
        AND NOT EXISTS (SELECT 1 FROM claims_logentry e WHERE e.erases_id = p.entry_id)))"""


def _judge(claims):
    return (
        f"UPDATE claims_claim SET seen_again = {REPEATS} "
        f"WHERE id IN ({claims}) AND seen_again <> {REPEATS}"
    )


def _repeating(claims):
    """The claims that are suggested to repeat one of these."""
    return (
        "SELECT s.claim_id FROM claims_match s "
        f"WHERE s.state = 'suggested' AND s.earlier_id IN ({claims})"
    )


def _cluster(head):
    return (
        f"SELECT {head} UNION ALL "
        f"SELECT m.claim_id FROM claims_clustermember m WHERE m.head_id = {head}"
    )


ERASED = "(SELECT p.claim_id FROM claims_publication p WHERE p.entry_id = NEW.erases_id)"

FOLLOWERS = [
    ("seen_again_by_a_new_match", "match", "INSERT", [_judge("NEW.claim_id")]),
    ("seen_again_by_a_match", "match", "UPDATE OF claim_id, earlier_id, relation, state",
     [_judge("NEW.claim_id"), _judge("OLD.claim_id")]),
    ("seen_again_by_a_match_gone", "match", "DELETE", [_judge("OLD.claim_id")]),
    ("seen_again_by_a_new_member", "clustermember", "INSERT",
     [_judge(_repeating("NEW.claim_id"))]),
    ("seen_again_by_a_member", "clustermember", "UPDATE OF head_id, claim_id",
     [_judge(_repeating("NEW.claim_id")), _judge(_repeating("OLD.claim_id"))]),
    ("seen_again_by_a_member_gone", "clustermember", "DELETE",
     [_judge(_repeating("OLD.claim_id"))]),
    ("seen_again_by_a_publication", "publication", "INSERT",
     [_judge(_repeating(_cluster("NEW.claim_id")))]),
    ("seen_again_less_what_is_erased", "logentry", "INSERT",
     [_judge(_repeating(_cluster(ERASED)))]),
]  # fmt: skip


def lay_down(apps, schema_editor):
    _guards.lay_down(schema_editor)


def take_up(apps, schema_editor):
    _guards.take_up(schema_editor)


def follow(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_claim SET seen_again = TRUE WHERE id IN (SELECT s.claim_id "
            "FROM claims_match s WHERE s.state = 'suggested' AND s.relation = 'same') "
            f"AND {REPEATS}"
        )
    _followers.create(schema_editor, FOLLOWERS)


def leave(apps, schema_editor):
    _followers.drop(schema_editor, FOLLOWERS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0023_an_acceptance_taken_back")]

    operations = [
        migrations.RunPython(lay_down, take_up),
        migrations.AddField(
            "claim", "seen_again", models.BooleanField(db_default=False, editable=False)
        ),
        migrations.AddIndex(
            "claim",
            models.Index(
                fields=["state", *ORDER],
                name="queue_seen_again",
                condition=models.Q(seen_again=True),
            ),
        ),
        migrations.RunPython(take_up, lay_down),
        migrations.RunPython(follow, leave),
    ]
