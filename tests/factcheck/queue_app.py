"""A Celery application with the product's settings and one slow task, for test_celery.py.

Only the visibility timeout is another. With
BREAK=early_ack it acknowledges as Celery does by default: what the recovery test must fail on.
"""

import os
import time
from pathlib import Path

from celery import Celery

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

app = Celery("tests.factcheck.queue_app")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.broker_transport_options = {
    **app.conf.broker_transport_options,
    "visibility_timeout": int(os.environ["VISIBILITY"]),
    "unacked_restore_interval": 1,
}
if os.environ.get("BREAK") == "early_ack":
    app.conf.task_acks_late = False


@app.task
def note(path: str, seconds: float) -> None:
    """Write 'began PID' at once and 'ended' after some seconds."""
    with Path(path).open("a") as file:
        file.write(f"began {os.getpid()}\n")
    time.sleep(seconds)
    with Path(path).open("a") as file:
        file.write("ended\n")
