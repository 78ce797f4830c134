"""The Celery application of the peer's worker: the product's own, with the peer's task.

Its database connections are closed before and after each task, as Celery does out of the box.
"""

from config.celery import app

app.conf.imports = ("benchmarks.alert.peer",)
app.conf.update({"CELERY_DB_REUSE_MAX": None})
