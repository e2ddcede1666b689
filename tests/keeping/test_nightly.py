"""A back-up every night where a folder is named; one that fails is said."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.errors import Refused
from diedie_edu.keeping.actions.nightly import save_if_due
from diedie_edu.keeping.actions.restoring import head_of
from diedie_edu.keeping.queries import desk
from diedie_edu.keeping.tasks import back_up_nightly
from diedie_edu.notices.queries.state import health
from tests.conftest import NOW, new_user
from tests.keeping.conftest import KEY
from tests.support.races import together


@pytest.fixture
def branch_lead_user() -> User:
    return new_user(Role.BRANCH_LEAD)


pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
HOUR = timedelta(hours=1)


@pytest.fixture
def folder(kept: Path, settings: LazySettings) -> Path:
    settings.BACKUP_FOLDER = str(kept / "nights")
    (kept / "nights").mkdir()
    return kept / "nights"


def test_one_a_night(folder: Path) -> None:
    made = save_if_due(NOW)
    assert made == folder / "portal-2026-11-23-1000.backup"
    with made.open("rb") as file:
        assert head_of(file, KEY)[1]["made_at"] == NOW.isoformat()
    assert save_if_due(NOW + 15 * HOUR) is None  # one o'clock
    assert save_if_due(NOW + 16 * HOUR) == folder / "portal-2026-11-24-0200.backup"


def test_two_beats_ring_for_one_back_up(folder: Path) -> None:
    together(back_up_nightly, back_up_nightly)
    assert [path.name for path in folder.iterdir()] == ["portal-2026-11-23-1000.backup"]
    assert "nightly_back_up" not in health(NOW).wrong


def test_old_ones_go(folder: Path) -> None:
    for name in ("portal-2026-10-23-0200.backup", "portal-2026-10-25-0200.backup", "ours.backup"):
        (folder / name).touch()
    (folder / "portal-2026-11-22-0200.backup.part").touch()
    made = save_if_due(NOW)
    assert {path.name for path in folder.iterdir()} == {
        "portal-2026-10-25-0200.backup",
        "ours.backup",
        made.name,
    }


def test_none_where_no_folder_is_named(kept: Path) -> None:
    assert save_if_due(NOW) is None
    assert health(NOW).back_up_age is None


def test_its_age_is_told_and_more_than_a_day_is_said(
    folder: Path, clock: time_machine.Traveller, branch_lead_user: User
) -> None:
    save_if_due(NOW)
    assert health(NOW + 26 * HOUR).back_up_age == 26 * 3600
    assert "nightly_back_up" not in health(NOW + 26 * HOUR).wrong
    later = NOW + 26 * HOUR + timedelta(seconds=1)
    assert "nightly_back_up" in health(later).wrong
    assert health(later).status == "degraded"
    [problem] = desk.problems(branch_lead_user, later)
    assert "没有备份" in problem.text


def test_one_that_fails_is_said_until_one_succeeds(
    folder: Path, settings: LazySettings, branch_lead_user: User, staff_user: User
) -> None:
    settings.BACKUP_KEY = "none"
    with pytest.raises(Refused):
        save_if_due(NOW)
    assert "nightly_back_up" in health(NOW).wrong
    [problem] = desk.problems(branch_lead_user, NOW)
    assert "备份失败" in problem.text
    assert list(desk.problems(staff_user, NOW)) == []
    settings.BACKUP_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    assert save_if_due(NOW)
    assert list(desk.problems(branch_lead_user, NOW)) == []
