"""What the queue costs with very many claims, against ten thousand: its lists, its board, its search."""

from __future__ import annotations

import time

from django.db import connection

from benchmarks.many_claims import COMMON, OTHER, RARE, Seeds
from benchmarks.visits import signed_in, visited

FEW = 10_000
LIST, SEARCH = 1.5, 2.0

LISTS = {
    "open": "",
    "all": "?tab=all",
    "mine": "?tab=mine",
    "nobody's": "?tab=nobody",
    "contested": "?tab=contested",
    "seen again": "?tab=again",
    "coming back": "?tab=returning",
    "found": "?tab=found",
    "published": "?tab=all&state=published",
    "language": "?language=tr",
    "priority": "?tab=all&priority=1",
    "assignee": "?tab=all&assignee=2",
    "topic": "?topic=topic 7",
    "kind and harm": "?kind=event&severity=3",
    "overdue": "?overdue=1",
    "age": "?tab=all&age=day",
    "outlet": "?tab=all&outlet=7",
    "board": "?view=board",
    "far down": "?tab=found&after=2,0.5,1",
}
SEARCHES = {
    "rare word": f"?q={RARE}",
    "common word": f"?q={COMMON}",
    "two words": f"?q={COMMON} {OTHER}",
    "two, one rare": f"?q={COMMON} {RARE}",
    "beginning": f"?q={COMMON[:3]}",
    "no claim's": "?q=nowherefound",
    "rare, filtered": f"?q={RARE}&tab=all&language=ar",
    "common, filtered": f"?q={COMMON}&tab=open&language=tr",
    "common, a state": f"?q={COMMON}&tab=all&state=published",
    "claimant": "?q=speaker 77",
}


def compare(many: int) -> bool:
    """Prints every page at both sizes and the ratio; whether all are within what they may cost."""
    client = signed_in()
    seeds = Seeds()
    pages = [(name, query, LIST) for name, query in LISTS.items()]
    pages += [(name, query, SEARCH) for name, query in SEARCHES.items()]
    figures: dict[str, list[tuple[float, int, int]]] = {}
    for size in (FEW, many):
        began = time.perf_counter()
        seeds.upto(size)
        print(
            f"{size:,} claims on {connection.vendor}: made in {time.perf_counter() - began:.0f} s"
        )
        for name, query, _most in pages:
            figures.setdefault(name, []).append(visited(client, f"/desk/claims/claim/{query}"))
            print(f"  {name}: {figures[name][-1][0]:.3f} s", flush=True)
    print(f"\n{'page':18}{f'{FEW:,}':>12}{f'{many:,}':>12}{'ratio':>8}{'may':>6}{'queries':>9}")
    kept = True
    for name, _query, most in pages:
        (few_s, _, _), (many_s, _, queries) = figures[name]
        ratio = many_s / few_s
        kept &= ratio <= most
        mark = "" if ratio <= most else "  ←"
        print(f"{name:18}{few_s:12.3f}{many_s:12.3f}{ratio:8.2f}{most:6.1f}{queries:9}{mark}")
    print("within" if kept else "beyond", "what it may cost")
    return kept
