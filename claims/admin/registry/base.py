"""What every list and form of the registry has in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django_stubs_ext import StrPromise

from claims.admin import exporting
from claims.admin.as_seen import AsSeen
from claims.templatetags.desk import day, moment

# Further back than this nobody turns pages; they search.
MOST_ROWS = 10_000


class BoundedPaginator(Paginator[Any]):
    """Counts no further than what can be paged through: a list of a million opens like a short
    one."""

    @cached_property
    def count(self) -> int:
        rows = cast(QuerySet[Any], self.object_list)
        return rows.order_by()[:MOST_ROWS].count()


class RowAdmin(admin.ModelAdmin[Any]):
    """A list without bulk actions, and rows that nobody deletes."""

    actions = None
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    # The columns that a file of the list has; none: there is no file.
    in_file: tuple[str, ...] = ()
    # Where rows come from, for a list that has none yet.
    when_empty: StrPromise | str = ""

    # A file is streamed; Django's stubs know pages alone.
    def changelist_view(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        form = exporting.asked(request.GET.get("as"))
        if form is None or not self.in_file:
            return super().changelist_view(request, extra_context)
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        asked = request.GET.copy()
        del asked["as"]
        # What is left is the list's own.
        request.GET = asked  # type: ignore[assignment]
        rows = self.get_changelist_instance(request).get_queryset(request)
        return exporting.table(
            str(self.opts.model_name),
            self.in_file,
            rows.values_list(*self.in_file).iterator(chunk_size=1000),
            form=form,
        )

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """A row that is changed is changed as it was seen."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or not self.has_change_permission(request, obj):
            return form
        return type(form.__name__, (AsSeen, form), {})

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class RecordAdmin(RowAdmin):
    """Rows that are only looked at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def instant(field: str, label: StrPromise) -> Callable[[RowAdmin, Model], str]:
    """A column that tells a moment the desk's way."""

    @admin.display(description=label, ordering=field)
    def column(self: RowAdmin, row: Model) -> str:
        return moment(getattr(row, field)) or self.get_empty_value_display()

    return column


def dated(field: str, label: StrPromise) -> Callable[[RowAdmin, Model], str]:
    """A column that tells a day the desk's way."""

    @admin.display(description=label, ordering=field)
    def column(self: RowAdmin, row: Model) -> str:
        return day(getattr(row, field)) or self.get_empty_value_display()

    return column
