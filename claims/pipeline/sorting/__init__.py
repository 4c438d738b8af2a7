"""The sorting stage: what the desk's rules do with a claim when it comes in, and once more when it is
seen again or becomes contested.

Rules are applied from rows, once for each claim. They move nothing, and take nothing back that a
person has set.
"""

from claims.pipeline.sorting.applying import is_due, sort_new
from claims.pipeline.sorting.making import may_make_rules, save_rule, switch_rule
from claims.pipeline.sorting.trying import Trial, try_rule
from claims.pipeline.sorting.words import sentence

__all__ = [
    "Trial",
    "is_due",
    "may_make_rules",
    "save_rule",
    "sentence",
    "sort_new",
    "switch_rule",
    "try_rule",
]
