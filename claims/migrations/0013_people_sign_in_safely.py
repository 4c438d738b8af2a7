"""Second factors, sign-ins and identities of the desk's people; audits of the history; and no word is
ever given to a claimant who was merged into another.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from claims.migrations import _guards

MERGED = """EXISTS (SELECT 1 FROM claims_claimant c
    WHERE c.id = NEW.claimant_id AND c.merged_into_id IS NOT NULL)"""

GUARDS = [
    ("position_of_one_that_stands_insert", "position", "INSERT", MERGED,
     "this claimant was merged into another, who speaks"),
    ("position_of_one_that_stands_update", "position", "UPDATE", MERGED,
     "this claimant was merged into another, who speaks"),
    ("claimant_merged_without_words", "claimant", "UPDATE",
     """NEW.merged_into_id IS NOT NULL
        AND EXISTS (SELECT 1 FROM claims_position p WHERE p.claimant_id = NEW.id)""",
     "a claimant's words move before it is merged"),
    ("audit_never_deleted", "audit", "DELETE", "1 = 1", "rows of audit are append-only"),
    ("audit_ended_stays", "audit", "UPDATE", "OLD.ended_at IS NOT NULL",
     "an audit that has ended stays as it ended"),
]


def guard(apps, schema_editor):
    _guards.create(schema_editor, GUARDS)
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "CREATE TRIGGER audit_never_truncated BEFORE TRUNCATE ON claims_audit "
                "FOR EACH STATEMENT EXECUTE FUNCTION never_truncated()"
            )


def unguard(apps, schema_editor):
    _guards.drop(schema_editor, GUARDS)
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER audit_never_truncated ON claims_audit")


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0012_no_joining_of_what_conflicts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('assigned', 'assigned to me'), ('sent_back', 'sent back to me'), ('approved', 'my verdict approved'), ('published', 'my verdict published'), ('to_review', 'to be reviewed'), ('overdue', 'overdue'), ('seen_again', 'seen again'), ('recheck', 'date has come'), ('comment', 'a comment for me'), ('rule', 'a rule told me'), ('answer', 'an answer or a complaint came'), ('security', 'my sign-in was changed'), ('scheduled', 'scheduled publication failed or done')], max_length=12),
        ),
        migrations.AlterField(
            model_name='notificationchoice',
            name='kind',
            field=models.CharField(choices=[('assigned', 'assigned to me'), ('sent_back', 'sent back to me'), ('approved', 'my verdict approved'), ('published', 'my verdict published'), ('to_review', 'to be reviewed'), ('overdue', 'overdue'), ('seen_again', 'seen again'), ('recheck', 'date has come'), ('comment', 'a comment for me'), ('rule', 'a rule told me'), ('answer', 'an answer or a complaint came'), ('security', 'my sign-in was changed'), ('scheduled', 'scheduled publication failed or done')], max_length=12),
        ),
        migrations.CreateModel(
            name='FailedSignIns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('number', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'indexes': [models.Index(fields=['last_at'], name='failed_sign_in_last')],
            },
        ),
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret', models.TextField()),
                ('last_step', models.PositiveBigIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_factor', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('factor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='claims.secondfactor')),
            ],
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('address', models.CharField(blank=True, max_length=45)),
                ('agent', models.CharField(blank=True, max_length=300)),
                ('how', models.CharField(blank=True, max_length=12)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-seen_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Audit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled', models.BooleanField(default=False)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('place', models.JSONField(default=list)),
                ('broken', models.JSONField(blank=True, null=True)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('cancelled',), name='audit_one_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=500)),
                ('subject', models.CharField(max_length=255)),
                ('bound_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='identity_once'), models.UniqueConstraint(fields=('issuer', 'user'), name='identity_one_for_each'), models.CheckConstraint(condition=models.Q(models.Q(('issuer', ''), _negated=True), models.Q(('subject', ''), _negated=True)), name='identity_is_whole')],
            },
        ),
        migrations.AddConstraint(
            model_name='secondfactor',
            constraint=models.CheckConstraint(condition=models.Q(('secret', ''), _negated=True), name='second_factor_has_secret'),
        ),
        migrations.AddConstraint(
            model_name='recoverycode',
            constraint=models.UniqueConstraint(fields=('factor', 'sha256'), name='recovery_code_once'),
        ),
        migrations.RunPython(guard, unguard),
    ]
