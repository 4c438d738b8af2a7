"""How much may be asked of a source, or of a host, now: what all workers share about it, in Redis.

Three things of each: the requests that are open (its concurrency), those of the last minute
(its rate), and a breaker that closes the source for a while after several failures in a row, or for
as long as it asked us to wait. No library keeps all three in one step, and between two steps
another worker would take the same place. Redis going away forgets it all and loses no work: the
rows are in the database.
"""

from __future__ import annotations

import functools
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import redis
from django.conf import settings

FAILURES = 5  # in a row close a source
CLOSED_SECONDS = 60.0  # the first time, doubled each time after
LONGEST_CLOSED_SECONDS = 15 * 60.0
LEASE_SECONDS = 60
_TAKE = (Path(__file__).parent / "_traffic.lua").read_text(encoding="utf-8")
_FAILED = """
local failures = redis.call('HINCRBY', KEYS[1], 'failures', ARGV[1])
local limit, first, longest = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('HSET', KEYS[1], 'limit', limit)
local clock = redis.call('TIME')
local now = tonumber(clock[1]) + tonumber(clock[2]) / 1e6
local pause = tonumber(ARGV[5])
if failures >= limit then
    local times = redis.call('HINCRBY', KEYS[1], 'closings', 1)
    pause = math.max(pause, math.min(first * 2 ^ (times - 1), longest))
end
if pause > 0 then
    local before = tonumber(redis.call('HGET', KEYS[1], 'closed_until') or 0)
    redis.call('HSET', KEYS[1], 'closed_until', math.max(before, now + pause))
end
redis.call('EXPIRE', KEYS[1], 86400)
return failures
"""
_VISIT = """
local visits = redis.call('INCR', KEYS[1])
if visits == 1 then redis.call('EXPIRE', KEYS[1], 60) end
if visits <= tonumber(ARGV[1]) then return 0 end
return math.max(1, redis.call('TTL', KEYS[1]))
"""


class Limited(Protocol):
    """Who is asked: a `Source`, or a host whose pages are read. `per_minute`: requests it may be
    asked for, `concurrency`: how many at once, `least_seconds`: the shortest pause between two."""

    @property
    def name(self) -> str: ...
    @property
    def per_minute(self) -> int: ...
    @property
    def concurrency(self) -> int: ...
    @property
    def least_seconds(self) -> float: ...


@dataclass(frozen=True)
class Leave:
    """`places`: one for each request that may start now; give them back when it has ended.
    `wait`: seconds until asking again can help, where there are none."""

    places: Sequence[str]
    wait: float = 0.0


@dataclass(frozen=True)
class State:
    """`open`: requests under way. `last_minute`: started in it. `closed_for`: seconds, 0 when the
    source may be asked. `failures`: in a row."""

    open: int
    last_minute: int
    failures: int
    closed_for: float


def take(source: Limited, wanted: int) -> Leave:
    """Leave for at most `wanted` requests, counted against the source's limits from now on."""
    token = secrets.token_hex(6) + "."
    granted, wait = _asked(source, token, wanted, 1)
    return Leave([f"{token}{number}" for number in range(1, granted + 1)], wait)


def more(source: Limited, wanted: int) -> int:
    """How many more requests may follow, one after another, at places that are taken already."""
    return _asked(source, secrets.token_hex(6) + ".", wanted, 0)[0]


def _asked(source: Limited, token: str, wanted: int, places: int) -> tuple[int, float]:
    granted, wait = _client().register_script(_TAKE)(
        keys=_keys(source.name),
        args=[
            token,
            wanted,
            source.concurrency,
            source.per_minute,
            source.least_seconds,
            LEASE_SECONDS,
            places,
        ],
    )
    return int(granted), float(wait)


def give_back(source: Limited, places: Iterable[str]) -> None:
    if ended := list(places):
        _client().zrem(_keys(source.name)[0], *ended)


def answered(source: Limited) -> None:
    """The source works: earlier failures no longer count."""
    _client().hdel(_keys(source.name)[2], "failures", "closings", "closed_until")


def failed(source: Limited, times: int, retry_after: float | None) -> None:
    """The source failed in a way that may pass; `retry_after`: seconds it asked us to wait."""
    _client().register_script(_FAILED)(
        keys=[_keys(source.name)[2]],
        args=[times, FAILURES, CLOSED_SECONDS, LONGEST_CLOSED_SECONDS, retry_after or 0],
    )


def state(names: Sequence[str]) -> dict[str, State]:
    """What is known now, for the desk; one round trip. Raises redis.RedisError."""
    client = _client()
    pipe = client.pipeline(transaction=False)
    pipe.time()
    for name in names:
        slots, starts, about = _keys(name)
        pipe.zcard(slots)
        pipe.zcard(starts)
        pipe.hmget(about, "failures", "closed_until")
    clock, *answers = pipe.execute()
    now = clock[0] + clock[1] / 1e6
    return {
        name: State(
            open=slots,
            last_minute=starts,
            failures=int(failures or 0),
            closed_for=max(0.0, float(closed_until or 0) - now),
        )
        for name, slots, starts, (failures, closed_until) in zip(
            names, answers[::3], answers[1::3], answers[2::3], strict=True
        )
    }


def visit(whose: str, per_minute: int) -> int:
    """Counts one request of a visitor to us, among those of a minute. 0 where it may be answered, else
    the seconds until the next may. Raises redis.RedisError."""
    key = f"{settings.CELERY_TASK_DEFAULT_QUEUE}:visits:{whose}"
    return int(_client().register_script(_VISIT)(keys=[key], args=[per_minute]))


def _keys(name: str) -> list[str]:
    # The queue's name keeps two desks on one Redis apart; the braces keep the keys on one node.
    prefix = f"{settings.CELERY_TASK_DEFAULT_QUEUE}:source:{{{name}}}:"
    return [prefix + "open", prefix + "starts", prefix + "state"]


@functools.cache
def _client() -> redis.Redis:
    url = settings.REDIS_URL
    if url.startswith("redis+socket://"):
        url = "unix://" + url.removeprefix("redis+socket://")
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=1)
