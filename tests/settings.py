"""The settings of the tests: the product's own, with a data folder that is thrown away.

DATABASE_URL and REDIS_URL choose the services, as everywhere; without them the tests run on a
SQLite file and an embedded broker. The folder's name stays in the environment, so that a process
which a test starts finds the same folder.
"""

import atexit
import os
import shutil
import tempfile

if "TOUCHSTONE_TEST_DATA" not in os.environ:
    os.environ["TOUCHSTONE_TEST_DATA"] = tempfile.mkdtemp(prefix="touchstone-test-")
    atexit.register(shutil.rmtree, os.environ["TOUCHSTONE_TEST_DATA"], ignore_errors=True)
os.environ["DATA_DIR"] = os.environ["TOUCHSTONE_TEST_DATA"]
os.environ.setdefault("SECRET_KEY", "only for tests: " + "0123456789abcdef" * 4)

from factcheck.embedded_files import kept_secret
from factcheck.settings import *  # noqa: F403
from factcheck.settings import DATA_DIR, DATABASES

# Two runs on one machine share PostgreSQL and Redis, but no database and no queue.
_run = DATA_DIR.name.rpartition("-")[2].lower()
CELERY_TASK_DEFAULT_QUEUE = f"touchstone-test-{_run}"

# With PostgreSQL an operator names this file; the tests run with one on either database.
FIELD_KEY_FILE = DATA_DIR / "field.key"
kept_secret(FIELD_KEY_FILE)

# A file and not SQLite's memory: threads and worker processes must meet the locks of the real
# thing. Its durability is what a test does not need.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"]["TEST"] = {"NAME": f"touchstone_test_{_run}"}

# Signing in is not what most tests are about, and scrypt takes 50 ms each time.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
