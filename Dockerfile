# One image for web, worker, beat and the one-time migration; docker-compose.yml names the command.
FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements/base.txt /requirements.txt
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r /requirements.txt

FROM python:3.13-slim-bookworm
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    STATIC_ROOT=/app/static
COPY --from=build /venv /venv
WORKDIR /app
COPY manage.py CHANGELOG.md ./
COPY factcheck factcheck
COPY claims claims
COPY clients clients
COPY templates templates
# The key signs nothing here: collecting only needs settings that load.
RUN DATA_DIR=/tmp/build SECRET_KEY=for-collecting-only python manage.py collectstatic --no-input \
    && rm -r /tmp/build \
    && useradd --system --uid 10001 --home-dir /data touchstone \
    && install -d -o touchstone -g touchstone -m 0700 /data
USER touchstone
VOLUME /data
EXPOSE 8000
# One worker process: limits on requests are counted in the process. Threads wait for the database.
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "1", \
     "--blocking-threads", "16", "--no-ws", "--respawn-failed-workers", \
     "factcheck.wsgi:application"]
