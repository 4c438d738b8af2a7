"""What the desk's pages cost where there is much, against where there is little.

    python -m benchmarks.admin                       the article's page and the queue
    python -m benchmarks.admin queue --claims 300000
    DATABASE_URL=postgres://… python -m benchmarks.admin queue

On a test database of its own. The article: 3,000 claims against 100. The queue: --claims (a million
unless told) against ten thousand; a list may cost 1.5 times as much, a search twice.
"""

from __future__ import annotations

import argparse
import os
import sys

import django


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("page", nargs="?", choices=("article", "queue"))
    parser.add_argument("--claims", type=int, default=1_000_000)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.test.runner import DiscoverRunner

    from benchmarks import admin_article, admin_queue

    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    kept = True
    try:
        if asked.page != "queue":
            admin_article.compare()
        if asked.page != "article":
            kept = admin_queue.compare(asked.claims)
    finally:
        runner.teardown_databases(databases)
        runner.teardown_test_environment()
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
