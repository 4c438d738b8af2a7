from __future__ import annotations


class IntakeError(Exception):
    """Nothing was taken in. `message` says what, which, and what to do now, for a person.

    `code` is stable, for machines: empty, binary, surrogates, too_large, language_unknown,
    language_unserved, date_missing, date_future, date_implausible, url_malformed, title_unusable,
    outlet_unusable; and of a web page: address_refused, page_missing, page_unusable,
    site_unavailable. `field` is the input it is about: text, language, published_on, url, title,
    outlet or files. `again`: the same may work later.
    """

    def __init__(self, code: str, message: str, *, field: str, again: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field
        self.again = again
