"""What the pipeline refused, ready to be shown beside the action that was refused.

Three errors are kept apart (workflow.py): not now, not you, and somebody was quicker. Each has its
own status, so that a machine and a test can tell them apart too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from claims.tlog.note import KeyFileError
from claims.workflow import IllegalMove, StaleState


@dataclass(frozen=True)
class Refusal:
    """`where` names the action on the page, as in its address: "dismiss", "draft", "evidence"."""

    where: str
    messages: list[str]
    status: int

    @property
    def lost_race(self) -> bool:
        return self.status == 409


def attempt(where: str, act: Callable[[], object]) -> Refusal | None:
    """Does it; None when it is done, else why it was not."""
    try:
        act()
    except StaleState as error:
        return Refusal(where, [str(error)], 409)
    except IllegalMove as error:
        return Refusal(where, [str(error)], 422)
    except ValidationError as error:
        return Refusal(where, list(error.messages), 422)
    except PermissionDenied as error:
        return Refusal(where, [str(error)], 403)
    except KeyFileError as error:
        return Refusal(where, [_("Nothing was published."), str(error)], 503)
    except IntegrityError:
        # Two at the same moment, and the database let one through: a guard there has no words.
        return Refusal(
            where,
            [_("The desk's records refused this: somebody else was quicker. Look again.")],
            409,
        )
    return None
