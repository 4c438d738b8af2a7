"""Who comes in: second factors, attempts, and where somebody is signed in."""

from claims.pipeline.signing_in import factors, sessions, throttling

__all__ = ["factors", "sessions", "throttling"]
