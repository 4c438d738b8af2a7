"""Nobody writes about a proposal that they have yet to rate without knowing it
(`permissions.sealed` asks the same)."""

from django.db import migrations

from claims.migrations import _guards

REVIEWS = """EXISTS (SELECT 1 FROM auth_permission a
    JOIN django_content_type t ON t.id = a.content_type_id
    WHERE a.codename = 'review' AND t.app_label = 'claims' AND (
        EXISTS (SELECT 1 FROM auth_user_user_permissions o
            WHERE o.permission_id = a.id AND o.user_id = u.id)
        OR EXISTS (SELECT 1 FROM auth_user_groups g
            JOIN auth_group_permissions p ON p.group_id = g.group_id
            WHERE p.permission_id = a.id AND g.user_id = u.id)))"""

GUARDS = [
    ("comment_after_its_blind_rating", "comment", "INSERT",
     f"""EXISTS (SELECT 1 FROM auth_user u WHERE u.id = NEW.author_id
            AND (u.is_superuser = TRUE OR {REVIEWS}))
        AND EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_claim c ON c.id = v.claim_id
            WHERE c.id = NEW.claim_id AND c.state = 'in_review' AND v.translates_id IS NULL
            AND v.blind = TRUE AND v.author_id <> NEW.author_id
            AND NOT EXISTS (SELECT 1 FROM claims_verdictversion n WHERE n.claim_id = v.claim_id
                AND n.translates_id IS NULL AND n.number > v.number)
            AND NOT EXISTS (SELECT 1 FROM claims_blindrating b WHERE b.version_id = v.id
                AND b.reviewer_id = NEW.author_id)
            AND NOT EXISTS (SELECT 1 FROM claims_review r WHERE r.version_id = v.id
                AND r.reviewer_id = NEW.author_id))
        AND NOT EXISTS (SELECT 1 FROM claims_contribution k WHERE k.claim_id = NEW.claim_id
            AND k.user_id = NEW.author_id AND k.language = '' AND k.publications = (
                SELECT COUNT(*) FROM claims_publication p
                JOIN claims_verdictversion w ON w.id = p.version_id
                WHERE p.claim_id = NEW.claim_id AND w.translates_id IS NULL))""",  # noqa: S608 - written here
     "whoever has yet to rate the proposal comments on nothing of it"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0027_days_vouched_for"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(
            lambda _apps, schema_editor: _guards.create(schema_editor, GUARDS),
            lambda _apps, schema_editor: _guards.drop(schema_editor, GUARDS),
        ),
    ]
