"""Who comes in: second factors, attempts, the organisation's provider, and where somebody is signed in."""

from claims.pipeline.signing_in import factors, provider, sessions, throttling

__all__ = ["factors", "provider", "sessions", "throttling"]
