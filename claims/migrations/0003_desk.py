"""The roles, the default rating scale, the policy's one row and the log's head."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = {
    "Editor": ["intake", "research"],
    "Reviewer": ["intake", "research", "review"],
    "Publisher": ["intake", "research", "review", "publish"],
    "Administrator": ["administer"],
}

# Rows of Django's own kind that each role may look at or change in the admin.
SEEN_BY_ALL = ["article", "appearance", "claim", "claimant", "claimantname", "position", "lookup",
               "evidence", "importedcheck", "outlet", "rating", "transition", "publication",
               "verdictversion", "review"]
CHANGED_BY_EDITORS = ["add_outlet", "change_outlet", "change_claimant", "add_claimantname",
                      "change_claimantname", "delete_claimantname", "change_appearance"]
CHANGED_BY_ADMINISTRATORS = ["add_rating", "change_rating", "view_policy", "change_policy",
                             "view_apitoken", "add_apitoken", "change_apitoken", "view_profile",
                             "change_profile", "add_profile", "add_outlet", "change_outlet"]

SCALE = [
    ("true", "true", 5, "صحيح", "Doğru", "True",
     "الادعاء تؤيّده الأدلة كما قيل.",
     "İddia, söylendiği biçimiyle kanıtlarla destekleniyor.",
     "The evidence supports the claim as it was made."),
    ("mostly-true", "mostly", 4, "صحيح في معظمه", "Büyük ölçüde doğru", "Mostly true",
     "الادعاء صحيح في جوهره وينقصه تفصيل أو سياق.",
     "İddianın özü doğru; eksik bir ayrıntı ya da bağlam var.",
     "Right in substance; a detail or some context is missing."),
    ("misleading", "misleading", 2, "مضلّل", "Yanıltıcı", "Misleading",
     "فيه ما هو صحيح، لكنه يترك انطباعًا خاطئًا.",
     "İçinde doğru unsurlar var ama yanlış bir izlenim bırakıyor.",
     "Has true parts but leaves a false impression."),
    ("false", "false", 1, "خاطئ", "Yanlış", "False",
     "الأدلة تنقض الادعاء.", "Kanıtlar iddiayı çürütüyor.", "The evidence refutes the claim."),
    ("unverifiable", "unverifiable", None, "يتعذّر التحقق", "Doğrulanamıyor", "Unverifiable",
     "لا تكفي الأدلة المتاحة لتأييد الادعاء أو نقضه.",
     "Eldeki kanıtlar iddiayı doğrulamaya da çürütmeye de yetmiyor.",
     "The evidence at hand settles it neither way."),
    ("not-yet", "not-yet", None, "لم يحن أوانه", "Henüz belli değil", "Not yet",
     "يتعلق الادعاء بموعد لم يأتِ بعد.", "İddia henüz gelmemiş bir tarihle ilgili.",
     "The claim is about a date that has not come yet."),
    ("satire", "satire", None, "ساخر", "Hiciv", "Satire",
     "نُشر على سبيل السخرية ولم يُقصد به الإخبار.", "Hiciv amacıyla yayımlandı, haber değil.",
     "Published as satire, not as news."),
]


def fill(apps, schema_editor):
    rating = apps.get_model("claims", "Rating")
    for order, (slug, mark, value, ar, tr, en, d_ar, d_tr, d_en) in enumerate(SCALE, start=1):
        rating.objects.create(
            slug=slug, mark=mark, order=order, is_truth=value is not None, value=value,
            best=None if value is None else 5, worst=None if value is None else 1,
            label_ar=ar, label_tr=tr, label_en=en,
            description_ar=d_ar, description_tr=d_tr, description_en=d_en,
        )
    apps.get_model("claims", "Policy").objects.create(id=1)
    apps.get_model("claims", "LogHead").objects.create(id=1)


def roles(apps, schema_editor):
    # Permissions are made after all migrations; the groups need them now.
    for label in ("claims", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, verbosity=0, apps=apps, using=schema_editor.connection.alias)
        config.models_module = None
    groups(apps)


def groups(apps):
    group = apps.get_model("auth", "Group")
    permission = apps.get_model("auth", "Permission")
    for name, own in ROLES.items():
        codes = own + [f"view_{model}" for model in SEEN_BY_ALL]
        codes += CHANGED_BY_EDITORS if name != "Administrator" else CHANGED_BY_ADMINISTRATORS
        row = group.objects.create(name=name)
        found = list(permission.objects.filter(content_type__app_label="claims", codename__in=codes))
        if name == "Administrator":
            found += list(
                permission.objects.filter(
                    content_type__app_label="auth",
                    codename__in=["view_user", "add_user", "change_user", "view_group"],
                )
            )
        row.permissions.set(found)


def nothing(apps, schema_editor):
    """Going back leaves the rows: the tables themselves go with 0001."""


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0002_guards"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(fill, nothing), migrations.RunPython(roles, nothing)]
