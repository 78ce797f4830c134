"""The Celery application of the peer's worker: the product's own, with the peer's tasks."""

from config.celery import app

app.conf.imports = ("benchmarks.peers.celery_text",)
