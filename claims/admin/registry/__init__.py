"""The rows that are looked after in Django's own lists and forms."""

from claims.admin.registry import matches, names, people, records, rules

__all__ = ["matches", "names", "people", "records", "rules"]
