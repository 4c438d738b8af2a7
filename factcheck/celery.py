import os

from celery import Celery
from celery.signals import worker_process_init

from factcheck.parent import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["claims"])


@worker_process_init.connect
def _end_with_the_worker(**_: object) -> None:
    # A pool process whose worker was killed would finish its task while the task is already
    # running again elsewhere.
    die_with_parent()
