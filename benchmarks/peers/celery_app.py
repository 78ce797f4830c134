"""The Celery application of the peer's worker: the product's own, with the peer's tasks.

Its database connections are closed before and after each task, as Celery does out of the box.
"""

from config.celery import app

app.conf.imports = ("benchmarks.peers.celery_text",)
app.conf.update({"CELERY_DB_REUSE_MAX": None})
