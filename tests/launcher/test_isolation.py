"""The test database and Redis are each test's own, and commits in them are real."""

import os
import subprocess
import sys
import threading

import pytest
from django.core.cache import caches
from django.db import connection


def _name() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_plain_test_runs_in_a_clone_of_the_migrated_template():
    assert _name().startswith("test_")
    assert "django_migrations" in connection.introspection.table_names()


def test_a_committing_test_has_a_database_that_threads_and_subprocesses_share(committing_db):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (n int)")
        cursor.execute("INSERT INTO kept VALUES (7)")
    seen = []

    def look() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT n FROM kept")
            seen.append(cursor.fetchone()[0])
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    code = "import os, psycopg2; c = psycopg2.connect(os.environ['DATABASE_URL']).cursor(); "
    code += "c.execute('SELECT n FROM kept'); print(c.fetchone()[0])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert seen == [7]
    assert shown.stdout.strip() == "7"
    assert committing_db == os.environ["DATABASE_URL"]


def test_the_next_committing_test_sees_nothing_of_the_last(committing_db):
    assert "kept" not in connection.introspection.table_names()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_with_a_redis_of_its_own_finds_it_empty(redis_url, turn):
    assert caches["fast"].get("mine") is None
    caches["fast"].set("mine", turn)
    assert caches["fast"].get("mine") == turn
