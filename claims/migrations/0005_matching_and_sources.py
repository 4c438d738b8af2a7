"""Matches and clusters, kept copies of pages, watched feeds, and what an editor must know of an outlet.

New columns of guarded tables may be empty: SQLite then adds them in place and keeps the triggers.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from claims.migrations import _guards

GUARDS = [
    ("match_decided_stays", "match", "UPDATE",
     """OLD.state <> 'suggested' AND NEW.state <> 'suggested' AND (NEW.claim_id <> OLD.claim_id
        OR NEW.relation <> OLD.relation OR NEW.score <> OLD.score OR NEW.reasons <> OLD.reasons
        OR NEW.method <> OLD.method)""",
     "what a person decided on stays as it was then"),
    ("match_confirmed_is_never_deleted", "match", "DELETE", "OLD.state = 'confirmed'",
     "a confirmed match is never deleted"),
    *[
        (f"member_{event.lower()}", "clustermember", event,
         """EXISTS (SELECT 1 FROM claims_clustermember m
                WHERE m.claim_id = NEW.head_id OR m.head_id = NEW.claim_id)
            OR NOT EXISTS (SELECT 1 FROM claims_match m
                WHERE m.id = NEW.match_id AND m.state = 'confirmed' AND m.relation = 'same')""",
         "a cluster has one head and no chains, and every member was confirmed")
        for event in ("INSERT", "UPDATE")
    ],
    ("further_appearance_insert", "furtherappearance", "INSERT",
     """NOT EXISTS (SELECT 1 FROM claims_match m WHERE m.id = NEW.match_id
            AND m.state = 'confirmed' AND m.relation = 'same')
        OR EXISTS (SELECT 1 FROM claims_article a WHERE a.id = NEW.article_id AND a.confidential)
        OR NOT EXISTS (SELECT 1 FROM claims_publication p WHERE p.claim_id = NEW.claim_id)""",
     "only a confirmed repetition, in an article that may be named, is listed with a verdict"),
    ("further_appearance_stays", "furtherappearance", "DELETE", "1 = 1",
     "a further appearance is withdrawn, never deleted"),
    ("snapshot_kept_never_changes", "snapshot", "UPDATE",
     """OLD.state = 'kept' AND (NEW.state <> OLD.state OR NEW.url <> OLD.url
        OR NEW.final_url <> OLD.final_url OR NEW.text <> OLD.text OR NEW.sha256 <> OLD.sha256
        OR NEW.warc <> OLD.warc OR NEW.fetched_at <> OLD.fetched_at
        OR NEW.media_type <> OLD.media_type OR NEW.pages <> OLD.pages)""",
     "a kept copy never changes"),
    ("snapshot_kept_stays", "snapshot", "DELETE", "OLD.state = 'kept'", "a kept copy stays"),
    ("snapshotcheck_stays", "snapshotcheck", "DELETE", "1 = 1", "a look at a page stays"),
]  # fmt: skip


def guard(apps, schema_editor):
    _guards.create(schema_editor, GUARDS)


def unguard(apps, schema_editor):
    _guards.drop(schema_editor, GUARDS)


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0004_corrections'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClusterMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'member of a cluster',
                'verbose_name_plural': 'members of clusters',
                'ordering': ['joined_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CollectedItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('guid', models.CharField(max_length=500)),
                ('url', models.URLField(max_length=2000, verbose_name='address')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='title')),
                ('text', models.TextField(blank=True, verbose_name='text')),
                ('folded', models.TextField(blank=True, editable=False)),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('updated', models.CharField(blank=True, max_length=100)),
                ('collected_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'verbose_name': 'collected article',
                'verbose_name_plural': 'collected articles',
                'ordering': ['-collected_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='FurtherAppearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'further appearance',
                'verbose_name_plural': 'further appearances',
                'ordering': ['-listed_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('same', 'the same claim'), ('contradicts', 'contradicts it'), ('related', 'related')], max_length=11, verbose_name='relation')),
                ('score', models.FloatField(verbose_name='score')),
                ('reasons', models.JSONField(default=list, verbose_name='why')),
                ('method', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('suggested', 'suggested'), ('confirmed', 'confirmed'), ('rejected', 'rejected')], default='suggested', max_length=9, verbose_name='state')),
                ('suggested_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'match',
                'verbose_name_plural': 'matches',
                'ordering': ['-score', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Matching',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'being compared'), ('done', 'compared'), ('gave_up', 'gave up')], default='waiting', max_length=8)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('statement_sha256', models.CharField(blank=True, max_length=64)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=2000, verbose_name='address')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'being read'), ('read', 'read'), ('gave_up', 'could not be read')], default='waiting', max_length=8)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='published on')),
                ('language', models.CharField(blank=True, max_length=2)),
                ('passage', models.TextField(blank=True)),
                ('start', models.PositiveIntegerField(blank=True, null=True)),
                ('score', models.FloatField(blank=True, null=True)),
                ('hint', models.CharField(blank=True, choices=[('supports', 'seems to support it'), ('denies', 'seems to deny it'), ('mentions', 'mentions it')], max_length=8)),
                ('why', models.JSONField(default=list)),
                ('later', models.BooleanField(default=False, verbose_name='later than the claim')),
                ('origin', models.CharField(blank=True, max_length=64)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'reading of a page',
                'verbose_name_plural': 'readings of pages',
                'ordering': ['-score', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=2000, verbose_name='address')),
                ('final_url', models.URLField(blank=True, max_length=2000, verbose_name='where it led')),
                ('state', models.CharField(choices=[('waiting', 'waiting to be copied'), ('running', 'being copied'), ('kept', 'kept'), ('gave_up', 'could not be copied')], default='waiting', max_length=8)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('media_type', models.CharField(blank=True, max_length=100)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('text', models.TextField(blank=True)),
                ('pages', models.JSONField(default=list)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('warc', models.FileField(blank=True, max_length=300, upload_to='snapshots/%Y/%m/%d')),
                ('fetched_at', models.DateTimeField(blank=True, null=True, verbose_name='copied')),
                ('standing', models.CharField(choices=[('there', 'unchanged'), ('changed', 'changed since'), ('moved', 'moved'), ('gone', 'gone'), ('unreachable', 'not reached')], default='there', max_length=11, verbose_name='on the web')),
                ('checked_at', models.DateTimeField(blank=True, null=True, verbose_name='last looked at')),
                ('check_next_at', models.DateTimeField(blank=True, null=True)),
                ('archive_url', models.URLField(blank=True, max_length=2000, verbose_name='copy at the Internet Archive')),
                ('archive_job', models.CharField(blank=True, max_length=100)),
                ('archive_attempts', models.PositiveSmallIntegerField(default=0)),
                ('archive_next_at', models.DateTimeField(blank=True, null=True)),
                ('archive_reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'verbose_name': 'snapshot',
                'verbose_name_plural': 'snapshots',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='SnapshotCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found', models.CharField(choices=[('there', 'unchanged'), ('changed', 'changed since'), ('moved', 'moved'), ('gone', 'gone'), ('unreachable', 'not reached')], max_length=11)),
                ('status', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('moved_to', models.URLField(blank=True, max_length=2000)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'look at a page',
                'verbose_name_plural': 'looks at pages',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='WatchedFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=2000, unique=True, verbose_name='address of the feed')),
                ('takes_in', models.BooleanField(default=False, help_text='Otherwise its articles are only collected, for the search.', verbose_name='each new article comes to the desk')),
                ('active', models.BooleanField(default=True, verbose_name='watched')),
                ('every_minutes', models.PositiveIntegerField(default=30, verbose_name='looked at every (minutes)')),
                ('etag', models.CharField(blank=True, editable=False, max_length=300)),
                ('modified', models.CharField(blank=True, editable=False, max_length=100)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('succeeded_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last read')),
                ('reason', models.CharField(blank=True, editable=False, max_length=500, verbose_name='last failure')),
            ],
            options={
                'verbose_name': 'watched feed',
                'verbose_name_plural': 'watched feeds',
                'ordering': ['outlet', 'url'],
            },
        ),
        migrations.AddField(
            model_name='claim',
            name='carried_from',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_to', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='page',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='page'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='quote_end',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='evidence',
            name='quote_start',
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='lookup',
            name='deadline_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='lookup',
            name='terms',
            field=models.CharField(blank=True, max_length=500, null=True, verbose_name='words to ask'),
        ),
        migrations.AddField(
            model_name='outlet',
            name='country',
            field=models.CharField(blank=True, help_text='Two letters, as in ISO 3166: SY, TR.', max_length=2, verbose_name='country'),
        ),
        migrations.AddField(
            model_name='outlet',
            name='ownership',
            field=models.CharField(blank=True, help_text='Owner, funding, affiliation.', max_length=500, verbose_name='who owns it'),
        ),
        migrations.AddField(
            model_name='outlet',
            name='trusted',
            field=models.BooleanField(blank=True, help_text='Unknown until decided.', null=True, verbose_name='trusted as evidence'),
        ),
        migrations.AddField(
            model_name='outlet',
            name='trusted_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='outlet',
            name='trusted_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='outlet',
            name='trusted_why',
            field=models.CharField(blank=True, max_length=500, verbose_name='why, or why not'),
        ),
        migrations.AlterField(
            model_name='article',
            name='channel',
            field=models.CharField(choices=[('paste', 'pasted'), ('url', 'web address'), ('file', 'file'), ('api', 'API'), ('feed', 'feed')], max_length=8, verbose_name='came in as'),
        ),
        migrations.AddConstraint(
            model_name='outlet',
            constraint=models.CheckConstraint(condition=models.Q(('country', ''), ('country__regex', '^[A-Z]{2}$'), _connector='OR'), name='outlet_country_form', violation_error_message='A country is two capital letters, such as SY.'),
        ),
        migrations.AddConstraint(
            model_name='outlet',
            constraint=models.CheckConstraint(condition=models.Q(('trusted__isnull', True), models.Q(models.Q(('trusted_why', ''), _negated=True), ('trusted_at__isnull', False), ('trusted_by__isnull', False)), _connector='OR'), name='outlet_trust_is_reasoned', violation_error_message='Say why the outlet is trusted or not.'),
        ),
        migrations.AddField(
            model_name='clustermember',
            name='claim',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='membership', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='clustermember',
            name='head',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='clustermember',
            name='joined_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='collecteditem',
            name='article',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.article'),
        ),
        migrations.AddField(
            model_name='furtherappearance',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.article'),
        ),
        migrations.AddField(
            model_name='furtherappearance',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='further_appearances', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='furtherappearance',
            name='listed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='furtherappearance',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='match',
            name='check_found',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='claims.importedcheck'),
        ),
        migrations.AddField(
            model_name='match',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='match',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='match',
            name='earlier',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='later_matches', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='furtherappearance',
            name='match',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='listing', to='claims.match'),
        ),
        migrations.AddField(
            model_name='clustermember',
            name='match',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='membership', to='claims.match'),
        ),
        migrations.AddField(
            model_name='matching',
            name='claim',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='matching', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='reading',
            name='claim',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='claims.claim'),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='requested_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evidence',
            name='snapshot',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='claims.snapshot'),
        ),
        migrations.AddField(
            model_name='snapshotcheck',
            name='newer',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.snapshot'),
        ),
        migrations.AddField(
            model_name='snapshotcheck',
            name='seen_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='snapshotcheck',
            name='snapshot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='claims.snapshot'),
        ),
        migrations.AddField(
            model_name='watchedfeed',
            name='added_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='watchedfeed',
            name='outlet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feeds', to='claims.outlet', verbose_name='outlet'),
        ),
        migrations.AddField(
            model_name='collecteditem',
            name='feed',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='claims.watchedfeed'),
        ),
        migrations.AddIndex(
            model_name='match',
            index=models.Index(condition=models.Q(('state', 'suggested')), fields=['-suggested_at'], name='match_newest'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('check_found__isnull', True), ('earlier__isnull', False)), models.Q(('check_found__isnull', False), ('earlier__isnull', True)), _connector='OR'), name='match_with_one_thing'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(('earlier__isnull', True), ('earlier__lt', models.F('claim')), _connector='OR'), name='match_newer_to_older'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.UniqueConstraint(fields=('claim', 'earlier'), name='match_once_per_pair'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.UniqueConstraint(fields=('claim', 'check_found'), name='match_once_per_check'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='match_score_0_to_1'),
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'suggested')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state__in', ['confirmed', 'rejected'])), _connector='OR'), name='match_decided_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='furtherappearance',
            constraint=models.UniqueConstraint(fields=('claim', 'article'), name='further_appearance_once'),
        ),
        migrations.AddConstraint(
            model_name='furtherappearance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='further_appearance_withdrawn_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='clustermember',
            constraint=models.CheckConstraint(condition=models.Q(('head__lt', models.F('claim'))), name='member_of_an_older'),
        ),
        migrations.AddIndex(
            model_name='matching',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['next_at'], name='matching_due'),
        ),
        migrations.AddIndex(
            model_name='reading',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['next_at'], name='reading_due'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('claim', 'url'), name='reading_once_per_page'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'gave_up'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='reading_gave_up_says_why'),
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['next_at'], name='snapshot_due'),
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(condition=models.Q(('check_next_at__isnull', False)), fields=['check_next_at'], name='snapshot_check_due'),
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(condition=models.Q(('archive_next_at__isnull', False)), fields=['archive_next_at'], name='snapshot_archive_due'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(('url__startswith', 'http://'), ('url__startswith', 'https://'), _connector='OR'), name='snapshot_url_is_http'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'kept'), _negated=True), models.Q(('fetched_at__isnull', False), models.Q(('sha256', ''), _negated=True), models.Q(('warc', ''), _negated=True)), _connector='OR'), name='snapshot_kept_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'gave_up'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='snapshot_gave_up_says_why'),
        ),
        migrations.AddConstraint(
            model_name='watchedfeed',
            constraint=models.CheckConstraint(condition=models.Q(('url__startswith', 'http://'), ('url__startswith', 'https://'), _connector='OR'), name='feed_url_is_http', violation_error_message='Give an address that starts with http:// or https://.'),
        ),
        migrations.AddConstraint(
            model_name='watchedfeed',
            constraint=models.CheckConstraint(condition=models.Q(('every_minutes__gte', 5)), name='feed_every_5_minutes_at_most', violation_error_message='A feed is looked at every 5 minutes at most.'),
        ),
        migrations.AddIndex(
            model_name='collecteditem',
            index=models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='item_due'),
        ),
        migrations.AddIndex(
            model_name='collecteditem',
            index=models.Index(fields=['url'], name='item_url'),
        ),
        migrations.AddConstraint(
            model_name='collecteditem',
            constraint=models.UniqueConstraint(fields=('feed', 'guid'), name='item_once'),
        ),
        migrations.AddField(
            model_name='article',
            name='links',
            field=models.JSONField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='lookup',
            index=models.Index(fields=['source', 'started_at'], name='lookup_started'),
        ),
        migrations.RunPython(guard, unguard),
    ]
