"""Reads settings from environment variables.

Every value has a type, and a value that does not fit is refused with the name of its variable and
what it should be. A secret may come from a file instead (``X_FILE`` for ``X``). Nothing is ever
quietly replaced by its default because it was misspelt: ``refuse_misspellings`` ends the reading.
"""

import difflib
import ipaddress
import re
import zoneinfo
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# How alike a foreign variable's name must be to one of ours before we take it for a slip of the
# finger. HOSTNAME and ALLOWED_HOSTS are .48 alike, DATABASE_URL and TEST_DATABASE_URL .83,
# ALLOWED_HOST and ALLOWED_HOSTS .96.
MISSPELT = 0.9

HOST_PORT = re.compile(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):([0-9]{1,5})")
HOST_NAME = re.compile(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:.]+\]|\*")


class Env:
    """The variables of one environment, with a note of every name that was asked for."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.names: list[str] = []

    def text(self, name: str, default: str) -> str:
        """Any text but an empty one."""
        return self._raw(name) or default

    def secret(self, name: str, default: str | None = None) -> str | None:
        """The value of NAME, or the first line of the file that NAME_FILE names.

        Refused: both at once, a file that cannot be read, an empty file.
        """
        file_name = f"{name}_FILE"
        value, path = self._raw(name), self._raw(file_name)
        if path is None:
            return default if value is None else value
        if value is not None:
            raise ImproperlyConfigured(f"{name} and {file_name} are both set. Remove one of them.")
        try:
            lines = Path(path).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(
                f"{file_name}={path} cannot be read ({error}). "
                f"Name a readable text file that holds the value of {name}."
            ) from error
        if not lines or not lines[0].strip():
            raise ImproperlyConfigured(
                f"{file_name}={path} is empty. Its first line should be the value of {name}."
            )
        return lines[0].strip()

    def boolean(self, name: str, default: bool) -> bool:
        """'True' or 'False', written just so."""
        value = self._raw(name)
        if value is None:
            return default
        if value not in ("True", "False"):
            raise _unexpected(name, value, "use 'True' or 'False'")
        return value == "True"

    def path(self, name: str, default: Path) -> Path:
        """A folder or file; a relative one starts at the current folder."""
        value = self._raw(name)
        return default if value is None else Path(value).expanduser().absolute()

    def port(self, name: str, default: int) -> int:
        """A TCP port, 1 to 65535."""
        value = self._raw(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 65535):
            raise _unexpected(name, value, "use a port number from 1 to 65535")
        return int(value)

    def time_zone(self, name: str, default: str) -> str:
        """A name of the IANA time zone database, such as Asia/Amman."""
        value = self._raw(name) or default
        if value not in zoneinfo.available_timezones():
            raise _unexpected(name, value, "use a name such as Asia/Amman or Europe/Istanbul")
        return value

    def url(self, name: str, default: str, *, schemes: Sequence[str] = ("http", "https")) -> str:
        """An absolute URL without user, query or fragment."""
        value = self._raw(name)
        if value is None:
            return default
        should = f"use an absolute URL that starts with {' or '.join(f'{s}://' for s in schemes)}"
        try:
            parts = urlsplit(value)
            _ = parts.port
        except ValueError as error:
            raise _unexpected(name, value, f"{should} ({error})") from error
        if parts.scheme not in schemes or not parts.hostname or any(c.isspace() for c in value):
            raise _unexpected(name, value, should)
        if parts.username or parts.query or parts.fragment:
            raise _unexpected(name, value, f"{should}, without user, query or fragment")
        return value

    def mail(self, name: str) -> dict[str, Any] | None:
        """Django's description of a mail server: smtp://user:password@host:587. None if not set.

        smtp speaks plainly, smtp+starttls and smtps (465) encrypted; console: prints each letter.
        """
        value = self.secret(name)
        if value is None:
            return None
        backend = "django.core.mail.backends"
        if value == "console:":
            return {"EMAIL_BACKEND": f"{backend}.console.EmailBackend"}
        should = (
            "use smtp://host:25, smtp+starttls://user:password@host:587, "
            "smtps://user:password@host:465 or console:"
        )
        try:
            parts = urlsplit(value)
            port = parts.port
        except ValueError as error:
            # As with the database, the URL may hold a password.
            reason = str(error).replace(value, "…")
            raise ImproperlyConfigured(f"Unexpected {name}, {should} ({reason}).") from None
        ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
        if parts.scheme not in ports or not parts.hostname or parts.path.strip("/"):
            raise ImproperlyConfigured(f"Unexpected {name}, {should}.")
        if parts.query or parts.fragment:
            raise ImproperlyConfigured(f"Unexpected {name}, {should}.")
        return {
            "EMAIL_BACKEND": f"{backend}.smtp.EmailBackend",
            "EMAIL_HOST": parts.hostname,
            "EMAIL_PORT": port or ports[parts.scheme],
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
            "EMAIL_USE_SSL": parts.scheme == "smtps",
        }

    def hosts(self, name: str, default: list[str]) -> list[str]:
        """Host names separated by commas: 'desk.example.org,www.example.org'."""
        names = self._list(name)
        if names is None:
            return default
        for host in names:
            if not HOST_NAME.fullmatch(host):
                raise _unexpected(
                    name, host, "use host names without scheme or port, separated by commas"
                )
        return names

    def origins(self, name: str, default: list[str]) -> list[str]:
        """Origins separated by commas: 'https://desk.example.org'."""
        values = self._list(name)
        if values is None:
            return default
        for value in values:
            if not re.fullmatch(r"https?://[^/\s]+", value):
                raise _unexpected(
                    name, value, "use origins like https://desk.example.org, separated by commas"
                )
        return values

    def pairs(self, name: str, values: Sequence[str]) -> dict[str, str]:
        """'name=value' pairs separated by commas; each value is one of `values`."""
        found: dict[str, str] = {}
        for pair in self._list(name) or []:
            key, sign, value = pair.rpartition("=")
            if not sign or not key.strip() or value.strip() not in values:
                raise _unexpected(
                    name, pair, f"use pairs like group={values[0]}, of {', '.join(values)}"
                )
            found[key.strip()] = value.strip()
        return found

    def host_ports(self, name: str) -> frozenset[str]:
        """Exact 'host:port' pairs separated by commas; no ranges, no wildcards, no schemes."""
        values = self._list(name) or []
        for value in values:
            match = HOST_PORT.fullmatch(value)
            if match is None or not 1 <= int(match.group(2)) <= 65535:
                raise _unexpected(
                    name, value, "use exact pairs like search.example.org:8080, separated by commas"
                )
        return frozenset(value.lower() for value in values)

    def networks(self, name: str) -> list[str]:
        """IP addresses or networks separated by commas: '10.0.0.2,172.18.0.0/16'."""
        values = self._list(name) or []
        for value in values:
            try:
                ipaddress.ip_network(value)
            except ValueError as error:
                raise _unexpected(
                    name, value, f"use addresses or networks, separated by commas ({error})"
                ) from error
        return values

    def database(self, name: str, default: Path) -> dict[str, Any]:
        """Django's description of the database: postgres://user@host:5432/name or sqlite:///path.

        The options a URL may carry after '?' are those of libpq's SSL settings.
        """
        value = self.secret(name)
        if value is None:
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": default, "OPTIONS": {}}
        should = "use postgres://user@host:5432/name or sqlite:////absolute/path"
        try:
            parts = urlsplit(value)
            port = parts.port
            options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True))
        except ValueError as error:
            # The URL may hold a password: it is never repeated, not even by the exception.
            reason = str(error).replace(value, "…")
            raise ImproperlyConfigured(f"Unexpected {name}, {should} ({reason}).") from None
        if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1 and not options:
            path = Path(unquote(parts.path[1:]))
            return {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": {}}
        if parts.scheme not in ("postgres", "postgresql") or len(parts.path) < 2:
            raise ImproperlyConfigured(f"Unexpected {name}, {should}.")
        unknown = options.keys() - {"sslmode", "sslrootcert", "sslcert", "sslkey", "host"}
        if unknown:
            raise ImproperlyConfigured(
                f"{name} carries the option {sorted(unknown)[0]!r}. "
                "Known: host, sslcert, sslkey, sslmode, sslrootcert."
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", parts.hostname or ""),
            "PORT": str(port or ""),
            "OPTIONS": options,
        }

    def refuse_misspellings(self) -> None:
        """Raise when a variable nobody reads looks like one of those that were asked for."""
        for name in sorted(self._environ.keys() - set(self.names)):
            close = difflib.get_close_matches(name, self.names, n=1, cutoff=MISSPELT)
            if close:
                raise ImproperlyConfigured(
                    f"{name} is set, but no setting reads it. Did you mean {close[0]}?"
                )

    def _raw(self, name: str) -> str | None:
        if name not in self.names:
            self.names.append(name)
        value = self._environ.get(name)
        if value is not None and not value.strip():
            raise ImproperlyConfigured(f"{name} is empty. Give it a value or remove it.")
        return None if value is None else value.strip()

    def _list(self, name: str) -> list[str] | None:
        value = self._raw(name)
        if value is None:
            return None
        return [item.strip() for item in value.split(",") if item.strip()]


def _unexpected(name: str, value: str, should: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"Unexpected value {name}={value}, {should}.")
