"""Translations are written, reviewed and published like any version: their own four eyes, quorum and
standards, only of a verdict that is public and as it is public, and gone when it is retracted.

Whatever counts a claim's versions, hands and publications counts those of the original alone, so
that a translation neither stands in for a verdict nor makes anybody's hand in one forgotten.
"""

from importlib import import_module

from django.conf import settings
from django.db import migrations, models

from claims.migrations import _guards

# Approvals of version {v} that count, as an SQL scalar.
APPROVALS = """(SELECT COUNT(*) FROM claims_review r JOIN claims_verdictversion rv
    ON rv.id = r.version_id WHERE r.version_id = {v} AND r.decision = 'approve'
    AND r.digest = rv.digest AND r.reviewer_id <> rv.author_id)"""

# The claim's newest version that rules on it.
NEWEST = """(SELECT MAX(nv.id) FROM claims_verdictversion nv
    WHERE nv.claim_id = NEW.id AND nv.translates_id IS NULL)"""

# Whether version {w} is of the same line as version v: both rule, or both translate into one language.
SAME_LINE = """((v.translates_id IS NULL AND {w}.translates_id IS NULL)
    OR (v.translates_id IS NOT NULL AND {w}.translates_id IS NOT NULL
        AND {w}.language = v.language))"""
PUBLISHED_OF_LINE = f"""FROM claims_publication p JOIN claims_verdictversion pv
    ON pv.id = p.version_id WHERE p.claim_id = v.claim_id AND {SAME_LINE.format(w="pv")}"""
NEWEST_OF_LINE = f"""(SELECT MAX(w.id) FROM claims_verdictversion w
    WHERE w.claim_id = v.claim_id AND {SAME_LINE.format(w="w")})"""

# Nothing has replaced publication p, which is no retraction, and its text is not withdrawn by law.
STANDS = """p.kind <> 'retraction'
    AND NOT EXISTS (SELECT 1 FROM claims_publication q WHERE q.replaces_id = p.entry_id)
    AND NOT EXISTS (SELECT 1 FROM claims_logentry e WHERE e.erases_id = p.entry_id)"""
# Version {o} is what the public reads of claim {c} now.
IS_PUBLIC = f"""EXISTS (SELECT 1 FROM claims_publication p
    WHERE p.version_id = {{o}} AND p.claim_id = {{c}} AND {STANDS}{{more}})"""
TRANSLATION_STANDS = f"""EXISTS (SELECT 1 FROM claims_publication p
    JOIN claims_verdictversion pv ON pv.id = p.version_id
    WHERE p.claim_id = {{c}} AND pv.translates_id IS NOT NULL AND {STANDS})"""

VOUCHED = ["attributed", "primary", "both_sides", "independent", "dates_right"]
VOUCHED_OF_A_TRANSLATION = ["same_meaning", "names_right"]


def _not_all(points):
    return "(" + " OR ".join(f'COALESCE(NEW."{point}", FALSE) <> TRUE' for point in points) + ")"


AFTER = [
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
     f"""NEW.state = 'retracted' AND OLD.state <> 'retracted' AND (NOT EXISTS (
            SELECT 1 FROM claims_publication p JOIN claims_verdictversion pv
            ON pv.id = p.version_id WHERE p.claim_id = NEW.id AND p.kind = 'retraction'
            AND pv.translates_id IS NULL)
        OR EXISTS (SELECT 1 FROM claims_publication p WHERE p.claim_id = NEW.id AND {STANDS}))""",
     "a retracted claim needs its retraction"),
    ("review_vouches_point_by_point", "review", "INSERT",
     f"""NEW.decision = 'approve' AND ((EXISTS (SELECT 1 FROM claims_verdictversion v
            WHERE v.id = NEW.version_id AND v.translates_id IS NULL) AND {_not_all(VOUCHED)})
        OR (EXISTS (SELECT 1 FROM claims_verdictversion v
            WHERE v.id = NEW.version_id AND v.translates_id IS NOT NULL)
            AND {_not_all(VOUCHED_OF_A_TRANSLATION)}))""",
     "an approval vouches for every standard"),
    ("review_of_what_it_says", "review", "INSERT",
     f"""NOT EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_claim c ON c.id = v.claim_id
        WHERE v.id = NEW.version_id AND v.author_id = NEW.author_id AND v.digest = NEW.digest
        AND v.id = {NEWEST_OF_LINE} AND (
            (v.translates_id IS NULL AND c.state = 'in_review')
            OR (v.translates_id IS NOT NULL AND c.state = 'published'
                AND {IS_PUBLIC.format(o="v.translates_id", c="v.claim_id", more="")}
                AND NOT EXISTS (SELECT 1 FROM claims_publication x WHERE x.version_id = v.id)
                AND NOT EXISTS (SELECT 1 FROM claims_review b WHERE b.version_id = v.id
                    AND b.decision = 'send_back'))))""",
     "a review names the author and digest of the version that is in review"),
    ("review_by_other_eyes", "review", "INSERT",
     f"""EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_verdictversion w
        ON w.claim_id = v.claim_id AND {SAME_LINE.format(w="w")}
        WHERE v.id = NEW.version_id AND w.author_id = NEW.reviewer_id
        AND w.id > COALESCE((SELECT MAX(p.version_id) {PUBLISHED_OF_LINE}), 0))
        OR EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_contribution k
        ON k.claim_id = v.claim_id WHERE v.id = NEW.version_id AND k.user_id = NEW.reviewer_id
        AND k.language = CASE WHEN v.translates_id IS NULL THEN '' ELSE v.language END
        AND k.publications = (SELECT COUNT(*) {PUBLISHED_OF_LINE}))""",
     "nobody reviews what they had a hand in"),
    ("blindrating_by_other_eyes", "blindrating", "INSERT",
     f"""EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_contribution k
        ON k.claim_id = v.claim_id WHERE v.id = NEW.version_id AND k.user_id = NEW.reviewer_id
        AND k.language = '' AND k.publications = (SELECT COUNT(*) {PUBLISHED_OF_LINE}))""",
     "nobody rates what they had a hand in"),
    ("blindrating_while_in_review", "blindrating", "INSERT",
     f"""NOT EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_claim c ON c.id = v.claim_id
        WHERE v.id = NEW.version_id AND c.state = 'in_review' AND v.translates_id IS NULL
        AND v.id = {NEWEST_OF_LINE})""",
     "a blind rating is about the version in review"),
    ("publication_is_approved", "publication", "INSERT",
     f"""NOT EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_claim c
        ON c.id = v.claim_id WHERE v.id = NEW.version_id AND v.claim_id = NEW.claim_id
        AND v.language = NEW.language AND (
            (v.translates_id IS NULL AND NEW.kind <> 'translation' AND c.state =
                CASE NEW.kind WHEN 'retraction' THEN 'published' ELSE 'approved' END)
            OR (v.translates_id IS NOT NULL AND NEW.kind = 'retraction'
                AND c.state IN ('published', 'correcting', 'in_review', 'approved'))
            OR (v.translates_id IS NOT NULL
                AND NEW.kind IN ('translation', 'update', 'correction') AND c.state = 'published'
                AND {IS_PUBLIC.format(
                    o="v.translates_id", c="v.claim_id",
                    more=" AND p.verdict_number = NEW.verdict_number")})))
        OR (NEW.kind <> 'retraction' AND ({APPROVALS.format(v="NEW.version_id")} <
            (SELECT v.quorum FROM claims_verdictversion v WHERE v.id = NEW.version_id)
        OR EXISTS (SELECT 1 FROM claims_review r WHERE r.version_id = NEW.version_id
            AND r.decision = 'send_back')
        OR EXISTS (SELECT 1 FROM claims_verdictversion w WHERE w.claim_id = NEW.claim_id
            AND w.language = NEW.language AND w.id > NEW.version_id)))""",
     "only an approved verdict is published"),
]
NEW = [
    ("version_translates_what_is_public", "verdictversion", "INSERT",
     f"""(NEW.translates_id IS NULL AND NEW.language <>
            (SELECT c.language FROM claims_claim c WHERE c.id = NEW.claim_id))
        OR (NEW.translates_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM claims_verdictversion o JOIN claims_claim c ON c.id = o.claim_id
            WHERE o.id = NEW.translates_id AND o.claim_id = NEW.claim_id
            AND o.translates_id IS NULL AND o.language <> NEW.language
            AND o.rating_id = NEW.rating_id AND c.state = 'published'
            AND {IS_PUBLIC.format(o="o.id", c="o.claim_id", more="")}))""",
     "a translation is of the verdict that is public, with its rating, in another language"),
    ("publication_translated_once", "publication", "INSERT",
     """NEW.kind = 'translation' AND EXISTS (SELECT 1 FROM claims_publication p
        WHERE p.claim_id = NEW.claim_id AND p.language = NEW.language)""",
     "a verdict is translated into a language once; what comes after replaces it"),
    # The original goes last, so that no translation of a retracted verdict stands.
    ("publication_retracts_its_translations_first", "publication", "INSERT",
     f"""NEW.kind = 'retraction' AND EXISTS (SELECT 1 FROM claims_verdictversion v
        WHERE v.id = NEW.version_id AND v.translates_id IS NULL)
        AND {TRANSLATION_STANDS.format(c="NEW.claim_id")}""",
     "a verdict is retracted with its translations"),
]


def _before():
    """As the migrations before made those that are made anew here: the newest of each."""
    redone = {name for name, *_rest in AFTER}
    made = {}
    for module, lists in [
        ("0002_guards", ["GUARDS"]),
        ("0011_the_desk_finished", ["GUARDS"]),
        ("0016_blind_ratings_bind", ["AFTER", "NEW"]),
    ]:
        for one in lists:
            for guard in getattr(import_module(f"claims.migrations.{module}"), one):
                if guard[0] in redone:
                    made[guard[0]] = guard
    return list(made.values())


def lay_down(apps, schema_editor):
    _guards.lay_down(schema_editor)


def take_up(apps, schema_editor):
    _guards.take_up(schema_editor)


def guard(apps, schema_editor):
    _guards.drop(schema_editor, AFTER)
    _guards.create(schema_editor, [*AFTER, *NEW])


def unguard(apps, schema_editor):
    _guards.drop(schema_editor, [*AFTER, *NEW])
    _guards.create(schema_editor, _before())


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0017_what_today_asks_for'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(lay_down, take_up),
        migrations.RemoveConstraint(
            model_name='contribution',
            name='contribution_once',
        ),
        migrations.AddField(
            model_name='contribution',
            name='language',
            field=models.CharField(blank=True, choices=[('ar', 'Arabic'), ('tr', 'Turkish'), ('en', 'English')], default='', max_length=2),
        ),
        migrations.AddField(
            model_name='review',
            name='names_right',
            field=models.BooleanField(null=True, verbose_name="names, numbers and dates are the original's"),
        ),
        migrations.AddField(
            model_name='review',
            name='same_meaning',
            field=models.BooleanField(null=True, verbose_name='it says what the original says, no more and no less'),
        ),
        migrations.AddField(
            model_name='translationdraft',
            name='no_primary_reason',
            field=models.CharField(blank=True, max_length=300, verbose_name='why there is no primary source'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('claim', 'user', 'language', 'publications'), name='contribution_once'),
        ),
        migrations.RunPython(take_up, lay_down),
        migrations.RunPython(guard, unguard),
    ]
