"""What the finished desk keeps: filters, rules, news, comments, letters, schedules, translations,
blind ratings, who is present, and the words by which claims are found.

A new approval vouches for its standards point by point; a comment stays as it was written.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from claims.migrations import _guards, _words

WORDS = [("claimwords", "folded")]

POINTS = ["attributed", "primary", "both_sides", "independent", "dates_right"]

GUARDS = [
    ("review_vouches_point_by_point", "review", "INSERT",
     "NEW.decision = 'approve' AND ("
     + " OR ".join(f'COALESCE(NEW."{point}", FALSE) <> TRUE' for point in POINTS) + ")",
     "an approval vouches for every standard"),
    ("version_keeps_to_the_blind_rating", "verdictversion", "INSERT",
     """NEW.blind <> TRUE AND (SELECT p.blind_rating FROM claims_policy p WHERE p.id = 1) = TRUE""",
     "a version is proposed under the desk's policy of blind rating"),
    ("review_after_its_blind_rating", "review", "INSERT",
     """EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = NEW.version_id AND v.blind = TRUE)
        AND NOT EXISTS (SELECT 1 FROM claims_blindrating b WHERE b.version_id = NEW.version_id
            AND b.reviewer_id = NEW.reviewer_id)
        AND NEW.decision = 'approve'""",
     "the reviewer rates before they see the proposal"),
    ("blindrating_of_what_it_says", "blindrating", "INSERT",
     """NOT EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = NEW.version_id
        AND v.author_id = NEW.author_id AND v.blind = TRUE)""",
     "a blind rating names the author of the version it is about"),
    ("comment_stays_as_written", "comment", "UPDATE",
     """NEW.text <> OLD.text OR NEW.claim_id <> OLD.claim_id OR NEW.at <> OLD.at
        OR COALESCE(NEW.author_id, 0) <> COALESCE(OLD.author_id, 0)
        OR COALESCE(NEW.link_id, 0) <> COALESCE(OLD.link_id, 0)
        OR NEW.field <> OLD.field OR NEW.quote <> OLD.quote
        OR COALESCE(NEW.parent_id, 0) <> COALESCE(OLD.parent_id, 0)""",
     "a comment stays as it was written"),
    ("comment_answers_one_of_its_claim", "comment", "INSERT",
     """NEW.parent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_comment c
        WHERE c.id = NEW.parent_id AND c.claim_id = NEW.claim_id AND c.parent_id IS NULL)""",
     "an answer belongs to a comment on the same claim"),
    ("claimant_merged_in_one_step", "claimant", "UPDATE",
     """NEW.merged_into_id IS NOT NULL AND (EXISTS (SELECT 1 FROM claims_claimant c
            WHERE c.id = NEW.merged_into_id AND c.merged_into_id IS NOT NULL)
        OR EXISTS (SELECT 1 FROM claims_claimant c WHERE c.merged_into_id = NEW.id))""",
     "a claimant is merged into one that stands for itself"),
    *[
        (f"{table}_never_{event.lower()}d", table, event, "1 = 1",
         f"rows of {table} are append-only")
        for table, event in [
            ("blindrating", "UPDATE"), ("blindrating", "DELETE"), ("comment", "DELETE"),
            ("contact", "DELETE"), ("complaint", "DELETE"), ("expertlink", "DELETE"),
            ("scheduledpublication", "DELETE"),
        ]
    ],
    ("complaint_keeps_what_was_said", "complaint", "UPDATE",
     """NEW.text <> OLD.text OR NEW.publication_id <> OLD.publication_id
        OR NEW.received_at <> OLD.received_at OR (OLD.state <> 'open' AND NEW.state = 'open')""",
     "what a reader reported stays as it came"),
    ("policy_desk_rules_change_with_a_transition", "policy", "UPDATE",
     """(NEW.blind_rating <> OLD.blind_rating OR NEW.second_factor <> OLD.second_factor
        OR NEW.answer_days <> OLD.answer_days) AND NEW.move <= OLD.move""",
     "the policy changes only with its transition"),
]
TRUNCATABLE = ["blindrating", "comment", "contact", "complaint", "expertlink", "match",
    "clustermember", "furtherappearance", "snapshot", "snapshotcheck"]


def lay_down(apps, schema_editor):
    _guards.lay_down(schema_editor)


def take_up(apps, schema_editor):
    _guards.take_up(schema_editor)


def guard(apps, schema_editor):
    _guards.create(schema_editor, GUARDS)
    _words.create(schema_editor, WORDS)
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            for table in TRUNCATABLE:
                cursor.execute(
                    f"CREATE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON claims_{table} "
                    f"FOR EACH STATEMENT EXECUTE FUNCTION never_truncated()"
                )


def unguard(apps, schema_editor):
    _words.drop(schema_editor, WORDS)
    _guards.drop(schema_editor, GUARDS)
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            for table in TRUNCATABLE:
                cursor.execute(f"DROP TRIGGER {table}_never_truncated ON claims_{table}")


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0010_guards_of_matching'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lay_down, take_up),
        migrations.CreateModel(
            name='BlindRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True, verbose_name='in one sentence, why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ClaimWords',
            fields=[
                ('claim', models.OneToOneField(db_column='id', on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='words', serialize=False, to='claims.claim')),
                ('folded', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(blank=True, choices=[('', 'the claim'), ('statement', 'the statement'), ('summary', 'the summary'), ('explanation', 'the explanation'), ('article', 'the article')], max_length=12)),
                ('quote', models.TextField(blank=True)),
                ('start', models.PositiveIntegerField(blank=True, null=True)),
                ('end', models.PositiveIntegerField(blank=True, null=True)),
                ('text', models.TextField(verbose_name='comment')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('tr', 'Turkish'), ('en', 'English')], default='ar', max_length=2, verbose_name='language')),
                ('text', models.TextField(verbose_name='what is wrong')),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('due_on', models.DateField(verbose_name='answer by')),
                ('state', models.CharField(choices=[('open', 'to be answered'), ('upheld', 'upheld: we correct'), ('rejected', 'not upheld')], default='open', max_length=8, verbose_name='state')),
                ('answer', models.TextField(blank=True, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'complaint',
                'verbose_name_plural': 'complaints',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reply', 'asked for a reply'), ('correction', 'asked for a correction')], max_length=10, verbose_name='what for')),
                ('whom', models.CharField(max_length=200, verbose_name='who was asked')),
                ('how', models.CharField(blank=True, help_text='By e-mail, by telephone, in person …', max_length=200, verbose_name='how')),
                ('question', models.TextField(blank=True, verbose_name='what was asked')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='answer wanted by')),
                ('outcome', models.CharField(choices=[('open', 'no answer yet'), ('answered', 'answered'), ('declined', 'declined to answer'), ('unreachable', 'could not be reached'), ('corrected', 'corrected'), ('refused', 'refused to correct')], default='open', max_length=12, verbose_name='outcome')),
                ('answer', models.TextField(blank=True, verbose_name='what they said')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('revision', models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ['-asked_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ExpertLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(editable=False, max_length=64, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='for whom')),
                ('note', models.CharField(blank=True, help_text='They read it.', max_length=500, verbose_name='what you ask them')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('expires_at', models.DateTimeField(verbose_name='ends')),
                ('opened_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('assigned', 'assigned to me'), ('sent_back', 'sent back to me'), ('approved', 'my verdict approved'), ('published', 'my verdict published'), ('to_review', 'to be reviewed'), ('overdue', 'overdue'), ('seen_again', 'seen again'), ('recheck', 'date has come'), ('comment', 'a comment for me'), ('rule', 'a rule told me'), ('answer', 'an answer or a complaint came'), ('scheduled', 'scheduled publication failed or done')], max_length=12)),
                ('key', models.CharField(max_length=120)),
                ('data', models.JSONField(default=dict)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('mailed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='NotificationChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('assigned', 'assigned to me'), ('sent_back', 'sent back to me'), ('approved', 'my verdict approved'), ('published', 'my verdict published'), ('to_review', 'to be reviewed'), ('overdue', 'overdue'), ('seen_again', 'seen again'), ('recheck', 'date has come'), ('comment', 'a comment for me'), ('rule', 'a rule told me'), ('answer', 'an answer or a complaint came'), ('scheduled', 'scheduled publication failed or done')], max_length=12)),
                ('on_desk', models.BooleanField(default=True, verbose_name='on the desk')),
                ('by_mail', models.BooleanField(default=True, verbose_name='in the digest')),
            ],
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('writing_since', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Rule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('active', models.BooleanField(default=True, verbose_name='in force')),
                ('words', models.CharField(blank=True, help_text='Words that stand in the claim, in its title or in who says it.', max_length=200, verbose_name='names')),
                ('language', models.CharField(blank=True, choices=[('ar', 'Arabic'), ('tr', 'Turkish'), ('en', 'English')], max_length=2, verbose_name='is in')),
                ('seen_again', models.BooleanField(default=False, verbose_name='repeats what has a verdict')),
                ('contested', models.BooleanField(default=False, verbose_name='is contested')),
                ('worth_at_least', models.FloatField(blank=True, help_text='From 0 to 1.', null=True, verbose_name='scores at least')),
                ('topic', models.CharField(blank=True, max_length=80, verbose_name='set the topic')),
                ('priority', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'low'), (2, 'normal'), (3, 'high')], null=True, verbose_name='set the priority')),
                ('severity', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'low'), (2, 'normal'), (3, 'high')], null=True, verbose_name='set the harm')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'rule',
                'verbose_name_plural': 'rules',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='RuleApplication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='SavedFilter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('query', models.CharField(max_length=1000)),
                ('shared', models.BooleanField(default=False, verbose_name='for the whole desk')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'verbose_name': 'saved filter',
                'verbose_name_plural': 'saved filters',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ScheduledPublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='goes out at')),
                ('data', models.JSONField(default=dict)),
                ('embargo', models.CharField(blank=True, max_length=300, verbose_name='embargo: why, and agreed with whom')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('state', models.CharField(choices=[('pending', 'goes out by itself'), ('done', 'went out'), ('cancelled', 'called off'), ('failed', 'could not go out')], default='pending', max_length=9)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('why', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TranslationDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('tr', 'Turkish'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('statement', models.TextField(blank=True, verbose_name='statement')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                ('explanation', models.TextField(blank=True, verbose_name='explanation')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'translation',
                'verbose_name_plural': 'translations',
            },
        ),
        migrations.CreateModel(
            name='WorkingCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=24)),
                ('fields', models.JSONField(default=dict)),
                ('base', models.PositiveIntegerField(default=0)),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name='claimant',
            name='merged_into',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='claims.claimant'),
        ),
        migrations.AddField(
            model_name='policy',
            name='answer_days',
            field=models.PositiveSmallIntegerField(default=14, verbose_name='days to answer a complaint'),
        ),
        migrations.AddField(
            model_name='policy',
            name='blind_rating',
            field=models.BooleanField(default=False, help_text='A claim already in review keeps what it was proposed under.', verbose_name='reviewers rate before they see the proposal'),
        ),
        migrations.AddField(
            model_name='policy',
            name='second_factor',
            field=models.BooleanField(default=False, verbose_name='everybody signs in with a second factor'),
        ),
        migrations.AddField(
            model_name='profile',
            name='calendar',
            field=models.CharField(choices=[('gregorian', 'Gregorian'), ('levantine', 'Gregorian, Levantine months'), ('hijri', 'Hijri beside Gregorian')], default='gregorian', max_length=9, verbose_name='calendar'),
        ),
        migrations.AddField(
            model_name='profile',
            name='digest',
            field=models.CharField(choices=[('never', 'never'), ('daily', 'every morning'), ('hourly', 'every hour, when there is something')], default='daily', max_length=6, verbose_name='news by e-mail'),
        ),
        migrations.AddField(
            model_name='profile',
            name='digest_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='profile',
            name='digits',
            field=models.CharField(blank=True, choices=[('latn', '1 2 3'), ('arab', '١ ٢ ٣')], help_text='Empty: as the language has them.', max_length=4, verbose_name='figures'),
        ),
        migrations.AddField(
            model_name='profile',
            name='theme',
            field=models.CharField(choices=[('auto', 'as the system'), ('light', 'light'), ('dark', 'dark')], default='auto', max_length=5, verbose_name='appearance'),
        ),
        migrations.AddField(
            model_name='profile',
            name='toured_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='review',
            name='attributed',
            field=models.BooleanField(null=True, verbose_name='every claim is attributed'),
        ),
        migrations.AddField(
            model_name='review',
            name='both_sides',
            field=models.BooleanField(null=True, verbose_name='both sides were sought'),
        ),
        migrations.AddField(
            model_name='review',
            name='dates_right',
            field=models.BooleanField(null=True, verbose_name='the dates are right'),
        ),
        migrations.AddField(
            model_name='review',
            name='independent',
            field=models.BooleanField(null=True, verbose_name='the evidence is independent'),
        ),
        migrations.AddField(
            model_name='review',
            name='primary',
            field=models.BooleanField(null=True, verbose_name='a primary source, or a reason why none'),
        ),
        migrations.AddField(
            model_name='verdictversion',
            name='blind',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='claimant',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('id')), _negated=True), _connector='OR'), name='claimant_merged_into_another'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.CheckConstraint(condition=models.Q(('answer_days__gte', 1), ('answer_days__lte', 90)), name='policy_answers_within_1_to_90_days', violation_error_message='Complaints are answered within 1 to 90 days.'),
        ),
        migrations.AddField(
            model_name='blindrating',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='blindrating',
            name='rating',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.rating', verbose_name='rating'),
        ),
        migrations.AddField(
            model_name='blindrating',
            name='reviewer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='blindrating',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blind_ratings', to='claims.verdictversion'),
        ),
        migrations.AddField(
            model_name='comment',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='comment',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='claims.comment'),
        ),
        migrations.AddField(
            model_name='comment',
            name='resolved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='claims.verdictversion'),
        ),
        migrations.AddField(
            model_name='complaint',
            name='answered_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='complaint',
            name='publication',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='claims.publication'),
        ),
        migrations.AddField(
            model_name='contact',
            name='asked_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='contact',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='contact',
            name='claimant',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claimant'),
        ),
        migrations.AddField(
            model_name='contact',
            name='outlet',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.outlet'),
        ),
        migrations.AddField(
            model_name='expertlink',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='expert_links', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='expertlink',
            name='made_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='link',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='comment', to='claims.expertlink'),
        ),
        migrations.AddField(
            model_name='notification',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notification',
            name='claim',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='notification',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notificationchoice',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notification_choices', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='presence',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='present', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='presence',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='presence',
            name='taken_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rule',
            name='assignee',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='assign to'),
        ),
        migrations.AddField(
            model_name='rule',
            name='created_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='rule',
            name='notify',
            field=models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tell'),
        ),
        migrations.AddField(
            model_name='rule',
            name='outlet',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.outlet', verbose_name='comes from'),
        ),
        migrations.AddField(
            model_name='ruleapplication',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules_applied', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='ruleapplication',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='applications', to='claims.rule'),
        ),
        migrations.AddField(
            model_name='savedfilter',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scheduledpublication',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='scheduledpublication',
            name='set_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='scheduledpublication',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.verdictversion'),
        ),
        migrations.AddField(
            model_name='translationdraft',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='translationdraft',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translation_drafts', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='translationdraft',
            name='of',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.verdictversion'),
        ),
        migrations.AddField(
            model_name='workingcopy',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='workingcopy',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='blindrating',
            constraint=models.UniqueConstraint(fields=('version', 'reviewer'), name='blind_rating_once'),
        ),
        migrations.AddConstraint(
            model_name='blindrating',
            constraint=models.CheckConstraint(condition=models.Q(('reviewer', models.F('author')), _negated=True), name='blind_rating_needs_four_eyes'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='complaint_says_something'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='complaint_is_answered_whole', violation_error_message='A decision needs its answer to the reader.'),
        ),
        migrations.AddConstraint(
            model_name='complaint',
            constraint=models.UniqueConstraint(condition=models.Q(('sha256', ''), _negated=True), fields=('sha256',), name='complaint_secret_once'),
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(condition=models.Q(('outcome', 'open')), fields=['until'], name='contact_open'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('whom', ''), _negated=True), name='contact_names_somebody'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'answered'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='contact_answer_is_told', violation_error_message='Write what they said.'),
        ),
        migrations.AddConstraint(
            model_name='expertlink',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='expert_link_has_name'),
        ),
        migrations.AddConstraint(
            model_name='expertlink',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='expert_link_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('author__isnull', False), ('link__isnull', True)), models.Q(('author__isnull', True), ('link__isnull', False)), _connector='OR'), name='comment_has_one_writer'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end__isnull', True), ('quote', ''), ('start__isnull', True)), models.Q(('end__gt', models.F('start')), models.Q(('field', ''), _negated=True), models.Q(('quote', ''), _negated=True)), _connector='OR'), name='comment_is_anchored_whole'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at__isnull', True), ('resolved_by__isnull', True)), models.Q(('parent__isnull', True), ('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='comment_resolved_by_somebody'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person'], name='notification_unread'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('mailed_at', None)), fields=['at'], name='notification_unmailed'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(fields=('person', 'key'), name='notification_once'),
        ),
        migrations.AddConstraint(
            model_name='notificationchoice',
            constraint=models.UniqueConstraint(fields=('person', 'kind'), name='notification_choice_once'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(fields=('claim', 'person'), name='presence_once'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.UniqueConstraint(condition=models.Q(('writing_since__isnull', False)), fields=('claim',), name='presence_one_writer'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.CheckConstraint(condition=models.Q(('worth_at_least__isnull', True), models.Q(('worth_at_least__gte', 0), ('worth_at_least__lte', 1)), _connector='OR'), name='rule_worth_0_to_1', violation_error_message='The score lies between 0 and 1.'),
        ),
        migrations.AddConstraint(
            model_name='rule',
            constraint=models.CheckConstraint(condition=models.Q(('contested', False), ('language', ''), ('outlet__isnull', True), ('seen_again', False), ('words', ''), ('worth_at_least__isnull', True), _negated=True), name='rule_asks_something', violation_error_message='Set at least one condition.'),
        ),
        migrations.AddConstraint(
            model_name='ruleapplication',
            constraint=models.UniqueConstraint(fields=('rule', 'claim'), name='rule_applied_once'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='filter_name_once', violation_error_message='You have a filter of this name already.'),
        ),
        migrations.AddConstraint(
            model_name='savedfilter',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='filter_has_name'),
        ),
        migrations.AddIndex(
            model_name='scheduledpublication',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['at'], name='schedule_due'),
        ),
        migrations.AddConstraint(
            model_name='scheduledpublication',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('claim',), name='schedule_one_pending'),
        ),
        migrations.AddConstraint(
            model_name='scheduledpublication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'pending')), models.Q(models.Q(('state', 'pending'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='schedule_ends_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='translationdraft',
            constraint=models.UniqueConstraint(fields=('claim', 'language'), name='translation_draft_once'),
        ),
        migrations.AddConstraint(
            model_name='workingcopy',
            constraint=models.UniqueConstraint(fields=('claim', 'person', 'form'), name='working_copy_once'),
        ),
        migrations.RunPython(take_up, lay_down),
        migrations.RunPython(guard, unguard),
    ]
