"""A database made by another version is named at the start, with what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.checks import run_checks

from tests.support.refusals import run
from tests.support.starting import BEAT, GRANIAN, MIGRATE, WORKER, start

OLD = [
    ("activities", "0011_absence_may_be_excused"),
    ("after_school", "0002_what_the_database_holds"),
]
NEW = [("venues", "0001_initial"), ("volunteering", "0001_initial")]
ADD = "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, now())"
TAKE = "DELETE FROM django_migrations WHERE app = %s AND name = %s"
PREPARE = """
from diedie_edu.local.prepare import *
load()
try:
    prepare(Path(sys.argv[1]))
except Failed:
    sys.exit(1)
"""


def ids() -> list[str]:
    return [message.id for message in run_checks(tags=["database"], databases=["default"])]


@pytest.mark.django_db
def test_a_database_of_this_code_is_fit() -> None:
    assert ids() == []


@pytest.mark.django_db
def test_a_database_of_an_older_history_is_named() -> None:
    for row in OLD:
        run(ADD, *row)
    for row in NEW:
        run(TAKE, *row)
    assert ids() == ["common.E001"]


@pytest.mark.django_db
def test_a_database_that_lacks_what_came_first_is_named() -> None:
    run(TAKE, "venues", "0001_initial")
    assert ids() == ["common.E001"]


@pytest.mark.django_db
def test_an_upgrade_may_be_undone_and_what_is_no_app_of_ours_is_left_alone() -> None:
    run(ADD, "activities", "0099_more")
    run(ADD, "somebodys_app", "0001_initial")
    assert ids() == []


@pytest.mark.django_db
def test_a_database_that_lies_behind_is_brought_up_by_migrate() -> None:
    run(TAKE, "after_school", "0002_guards")
    assert ids() == []


@contextmanager
def of_an_older_history() -> Iterator[None]:
    try:
        for row in OLD:
            run(ADD, *row)
        for row in NEW:
            run(TAKE, *row)
        yield
    finally:
        for row in OLD:
            run(TAKE, *row)
        for row in NEW:
            run(ADD, *row)


@pytest.mark.django_db(transaction=True)
def test_nothing_starts_over_it_and_it_is_said_in_both_languages(tmp_path: Path) -> None:
    program = ["-c", PREPARE, str(tmp_path / "signins")]
    with of_an_older_history():
        ends = [start(command) for command in (GRANIAN, WORKER, BEAT, MIGRATE)]
        ends.append(start(program, DEMO="true"))
    for ended in ends:
        said = ended.stdout + ended.stderr
        assert ended.returncode != 0
        assert "nothing was changed" in said.lower()
        assert "数据库" in said
        assert "Traceback" not in said
    assert "mv var/run var/run-old" in ends[-1].stdout
