"""The rows that are looked after in Django's own lists and forms."""

from claims.admin.registry import names, people, records, rules

__all__ = ["names", "people", "records", "rules"]
