"""What a source may use when it is asked."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from claims.pipeline._door import door
from claims.pipeline.lookup.search import search_rows
from claims.sources.base import Context, Source


def context_for(source: Source) -> Context:
    return Context(
        now=timezone.now,
        fetch=door(),
        settings={
            name: getattr(settings, name)
            for name in (*source.needs, *source.options)
            if getattr(settings, name, "")
        },
        search_rows=search_rows,
    )
