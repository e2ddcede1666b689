"""A back-up that an older version made comes back into the present one, through its migrations."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from tests.support.starting import address_of

FIRST = """
from django.db import migrations, models
class Migration(migrations.Migration):
    operations = [migrations.CreateModel("Thing", [
        ("id", models.BigAutoField(primary_key=True)), ("word", models.CharField(max_length=9)),
    ])]
"""
SECOND = """
from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [("later", "0001_initial")]
    operations = [
        migrations.AddField("Thing", "size", models.IntegerField(default=3)),
        migrations.RunSQL("UPDATE later_thing SET size = length(word)"),
    ]
"""


@pytest.fixture
def later(kept: Path) -> Path:
    """The settings of a portal that has one app more, and the folder of its migrations."""
    folder = kept / "later" / "migrations"
    folder.mkdir(parents=True)
    for path in (folder, folder.parent):
        (path / "__init__.py").touch()
    (folder / "0001_initial.py").write_text(FIRST)
    (kept / "with_later.py").write_text(
        'from diedie_edu.settings import *\nINSTALLED_APPS = ["later", *INSTALLED_APPS]\n'
    )
    return folder


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: object) -> Iterator[Callable[..., str]]:
    """Makes a database of its own: `database(name, template)`."""
    made = []
    own = psycopg2.connect(address_of("postgres"))
    own.autocommit = True
    cursor = own.cursor()

    def make(name: str, template: str = "template0") -> str:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        made.append(name)
        return address_of(name)

    yield make
    for name in made:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    own.close()


def test_rows_of_an_older_version_go_through_what_came_since(
    later: Path, kept: Path, database: Callable[..., str]
) -> None:
    old = database("kept_old", connection.settings_dict["TEST"]["TEMPLATE"])
    manage(kept, old, "migrate", "later")
    ask(old, "INSERT INTO later_thing (word) VALUES ('three'), ('no') RETURNING 1")
    manage(kept, old, "back_up", str(kept / "old.backup"))
    (later / "0002_size.py").write_text(SECOND)
    new = database("kept_new")

    said = manage(kept, new, "restore", str(kept / "old.backup"), "--without-endings")

    assert ask(new, "SELECT word, size FROM later_thing ORDER BY id") == [("three", 5), ("no", 2)]
    assert "later_thing: 2" in said
    assert manage(kept, new, "migrate", "--check") is not None
    functions = "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    assert ask(new, functions) == ask(old, functions)


def manage(kept: Path, database: str, *command: str) -> str:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "with_later",
        "PYTHONPATH": str(kept),
        "BACKUP_KEY": settings.BACKUP_KEY,
        "DATABASE_URL": database,
        "MEDIA_ROOT": str(kept / "media"),
        "DEMO": "true",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def ask(database: str, query: str) -> list[tuple[object, ...]]:
    with psycopg2.connect(database) as there, there.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchall()
    there.close()
    return found
