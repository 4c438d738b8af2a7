"""Words of Django's that its own Arabic gets wrong, named here so that `make messages` keeps ours.

Django 5.2 calls a change an addition, leaves the short password in English, counts in figures that
the desk does not use, and says of a name that is taken "the model … and the field … exist before".
"""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    gettext_noop("Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only."),
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("%(model_name)s with this %(field_label)s already exists."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        8,
    ),
)
