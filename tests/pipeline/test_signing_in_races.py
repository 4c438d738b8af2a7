"""One code shown twice at the same moment lets one of the two in."""

from collections.abc import Callable

import pytest
import time_machine
from django.contrib.auth.models import User

from claims.models import FailedSignIns, RecoveryCode
from claims.pipeline.signing_in import factors, throttling
from claims.workflow import IllegalMove
from tests.admin.factors import NOW, figures, with_factor
from tests.pipeline.test_races import during

pytestmark = pytest.mark.django_db(transaction=True)


def refused(act: Callable[[], object]) -> Callable[[], None]:
    def tried() -> None:
        with pytest.raises(IllegalMove, match=r"used already|سبق استعماله|استُعمل"):
            act()

    return tried


def test_a_recovery_code_used_twice_at_once_lets_one_in(editor: User) -> None:
    recovery = with_factor(editor)[0]
    with time_machine.travel(NOW, tick=True):
        enter = lambda: factors.enter(user=editor, recovery=recovery)  # noqa: E731
        during(enter, refused(enter))
    assert RecoveryCode.objects.exclude(used_at=None).count() == 1


def test_a_code_of_the_app_used_twice_at_once_lets_one_in(editor: User) -> None:
    with_factor(editor)
    with time_machine.travel(NOW, tick=True):
        enter = lambda: factors.enter(user=editor, code=figures())  # noqa: E731
        during(enter, refused(enter))


def test_the_code_that_set_it_up_signs_nobody_in(editor: User) -> None:
    with time_machine.travel(NOW, tick=False):
        factors.confirm(user=editor, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", code=figures())
        with pytest.raises(IllegalMove):
            factors.enter(user=editor, code=figures())


def test_attempts_at_once_are_all_counted() -> None:
    keys = throttling.of_password("layla", "192.0.2.1")
    during(lambda: throttling.count(keys), lambda: throttling.count(keys))
    assert set(FailedSignIns.objects.values_list("number", flat=True)) == {2}
