class FetchError(Exception):
    """Why nothing came through the door, in words for an editor.

    `permanent`: asking again cannot help. `status`: the HTTP status, where an answer came.
    `retry_after`: seconds the other side asked us to wait, where it did.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent
        self.status = status
        self.retry_after = retry_after


class FetchRefused(FetchError):
    """Our own rules forbid this address; no byte was sent to it."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class FetchFailed(FetchError):
    """The other side was asked, and what came back cannot be used."""
