"""The web server's application under `make run`: its worker process ends with its server."""

from factcheck.parent import die_with_parent
from factcheck.wsgi import application

__all__ = ["application"]

die_with_parent()
