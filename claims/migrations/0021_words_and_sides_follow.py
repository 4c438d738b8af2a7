"""Two things that follow from what claims, positions and clusters hold, kept by triggers whoever
changes those: whether a claim is contested, and that the words it is found by are to be written anew.

The notes for the claims that are there already are a line each; the words themselves are written by
the workers, in batches (`claims.pipeline.finding`).
"""

from django.db import migrations

from claims.migrations import _followers

# The claims for which something holds, as rows of one column.
SAYING = """SELECT DISTINCT p.claim_id FROM claims_position p WHERE p.claimant_id IN (
    SELECT c.id FROM claims_claimant c WHERE c.id IN ({ids}) OR c.merged_into_id IN ({ids}))"""
FAMILY = "{row}.claimant_id, (SELECT m.merged_into_id FROM claims_claimant m WHERE m.id = {row}.claimant_id)"
MERGED = "NEW.id, COALESCE(NEW.merged_into_id, 0), COALESCE(OLD.merged_into_id, 0)"
PRINTED = """SELECT c.id FROM claims_claim c WHERE c.article_id IN (
    SELECT a.article_id FROM claims_appearance a WHERE a.outlet_id = NEW.id)"""


def _note(claims):
    return f"INSERT INTO claims_wordsdue (claim_id) {claims}"


def _of_article(article):
    return _note(f"SELECT c.id FROM claims_claim c WHERE c.article_id = {article}")


def _of_name(row):
    return _note(SAYING.format(ids=FAMILY.format(row=row)))


def _held(stance):
    # One list that an index answers: the claim itself and its members.
    return f"""EXISTS (SELECT 1 FROM claims_position p WHERE p.stance {stance} AND p.claim_id IN (
        SELECT claims_claim.id UNION ALL
        SELECT m.claim_id FROM claims_clustermember m WHERE m.head_id = claims_claim.id))"""


CONTESTED = f"({_held('= ' + chr(39) + 'asserts' + chr(39))} AND {_held('<> ' + chr(39) + 'asserts' + chr(39))})"


def _judge(claims):
    return (
        f"UPDATE claims_claim SET contested = {CONTESTED} "
        f"WHERE id IN ({claims}) AND contested <> {CONTESTED}"
    )


def _with_head(row):
    return (
        f"SELECT {row}.claim_id UNION ALL "
        f"SELECT m.head_id FROM claims_clustermember m WHERE m.claim_id = {row}.claim_id"
    )


def _values(column):
    return _note(f"VALUES ({column})")


FOLLOWERS = [
    ("words_of_a_new_claim", "claim", "INSERT", [_values("NEW.id")]),
    ("words_of_a_claim", "claim", "UPDATE OF statement, article_id", [_values("NEW.id")]),
    ("words_and_sides_of_a_new_position", "position", "INSERT",
     [_values("NEW.claim_id"), _judge(_with_head("NEW"))]),
    ("words_and_sides_of_a_position", "position", "UPDATE OF claim_id, claimant_id, via, stance",
     [_values("NEW.claim_id"), _values("OLD.claim_id"), _judge(_with_head("NEW")),
      _judge(_with_head("OLD"))]),
    ("words_and_sides_of_a_position_gone", "position", "DELETE",
     [_values("OLD.claim_id"), _judge(_with_head("OLD"))]),
    ("words_and_sides_of_a_new_member", "clustermember", "INSERT",
     [_values("NEW.head_id"), _judge("NEW.head_id")]),
    ("words_and_sides_of_a_member", "clustermember", "UPDATE OF head_id, claim_id",
     [_values("NEW.head_id"), _values("OLD.head_id"), _judge("NEW.head_id"),
      _judge("OLD.head_id")]),
    ("words_and_sides_of_a_member_gone", "clustermember", "DELETE",
     [_values("OLD.head_id"), _judge("OLD.head_id")]),
    ("words_of_a_claimant", "claimant", "UPDATE OF name, merged_into_id",
     [_note(SAYING.format(ids=MERGED))]),
    ("words_of_a_new_name", "claimantname", "INSERT", [_of_name("NEW")]),
    ("words_of_a_name", "claimantname", "UPDATE", [_of_name("NEW"), _of_name("OLD")]),
    ("words_of_a_name_gone", "claimantname", "DELETE", [_of_name("OLD")]),
    ("words_of_a_title", "article", "UPDATE OF title", [_of_article("NEW.id")]),
    ("words_of_a_new_appearance", "appearance", "INSERT", [_of_article("NEW.article_id")]),
    ("words_of_an_appearance", "appearance", "UPDATE OF outlet_id, article_id",
     [_of_article("NEW.article_id")]),
    ("words_of_an_appearance_gone", "appearance", "DELETE", [_of_article("OLD.article_id")]),
    ("words_of_an_outlet", "outlet", "UPDATE OF name", [_note(PRINTED)]),
]  # fmt: skip


def follow(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_note("SELECT id FROM claims_claim ORDER BY id"))
        cursor.execute(
            "UPDATE claims_claim SET contested = TRUE WHERE id IN ("
            "SELECT p.claim_id FROM claims_position p WHERE p.stance <> 'asserts' UNION "
            "SELECT m.head_id FROM claims_clustermember m JOIN claims_position p "
            f"ON p.claim_id = m.claim_id WHERE p.stance <> 'asserts') AND {CONTESTED}"
        )
    _followers.create(schema_editor, FOLLOWERS)


def leave(apps, schema_editor):
    _followers.drop(schema_editor, FOLLOWERS)


class Migration(migrations.Migration):
    dependencies = [("claims", "0020_found_by_its_words")]
    operations = [migrations.RunPython(follow, leave)]
