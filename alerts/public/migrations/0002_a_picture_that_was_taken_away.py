"""The window shows no picture that was taken away, whatever became of a subscriber, and says that it is gone."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("alerts.public.migrations.0001_initial")
_REMOVED = """EXISTS (
    SELECT FROM alerts_pictureremoval removal
    WHERE removal.alert_id = alert.id AND removal.stored_name = content.stored_name
)"""
_CHANGES = (
    ("content.stored_name <> ''", f"content.stored_name <> '' AND NOT {_REMOVED}"),
    ("'alt_text', content.alt_text,", f"'alt_text', CASE WHEN {_REMOVED} THEN '' ELSE content.alt_text END,"),
    (
        "'alt_text_cy', content.alt_text_cy,",
        f"'alt_text_cy', CASE WHEN {_REMOVED} THEN '' ELSE content.alt_text_cy END,",
    ),
    (
        "picture.stored_name AS picture_name",
        f"CASE WHEN NOT {_REMOVED} THEN picture.stored_name END AS picture_name",
    ),
    (
        " AS is_live\nFROM",
        f" AS is_live,\n       content.stored_name <> '' AND {_REMOVED} AS has_lost_picture\nFROM",
    ),
)


def _changed(view: str) -> str:
    for old, new in _CHANGES:
        if view.count(old) != 1:
            raise ValueError(old)
        view = view.replace(old, new)
    return view


NEW = BEFORE.UNDO + _changed(BEFORE.MAKE)
OLD = BEFORE.UNDO + BEFORE.MAKE


class Migration(migrations.Migration):
    dependencies = [("alerts_public", "0001_initial"), ("alerts", "0021_ranks_witnesses_pictures")]
    operations = [migrations.RunSQL(NEW, OLD)]
