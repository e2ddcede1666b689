"""What ended stays ended when an older back-up is brought back, and nothing else changes."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from diedie_edu.accounts.models import RoleGrant, User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.endings import EndingKind
from diedie_edu.common.manifests import parts_of
from diedie_edu.keeping.actions.ending_list import list_path, listed
from diedie_edu.keeping.actions.endings import carry, end_again
from diedie_edu.keeping.actions.restoring import restore
from diedie_edu.keeping.actions.saving import back_up
from diedie_edu.keeping.models import Ending
from tests.conftest import NOW, new_user
from tests.keeping.conftest import KEY
from tests.lists.test_round_trips import demo_season
from tests.support.enders import enders
from tests.support.races import meanwhile
from tests.support.tables import all_rows

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_each_kind_ends_again(kept: Path) -> None:
    with demo_season() as now:
        ending = enders(now)
        assert set(ending) == {kind.kind for kind in parts_of(EndingKind)}
        back_up(path=kept / "before", key=KEY, now=now)
        before = all_rows()
        assert {kind for kind, one in ending.items() if not one.lives()} == set()
        for one in ending.values():
            one.end()
        while carry(now=now):
            pass
        ended = all_rows()

        done = restore(
            path=kept / "before", key=KEY, replace=True, listed=listed(list_path()), now=now
        )

    assert done.ended.left == []
    assert {kind for kind, one in ending.items() if one.lives()} == set()
    assert set(done.ended.counts) == set(ending)
    after = all_rows()
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed - {name for name in ended if ended[name] != before.get(name)} == set()


def lines() -> list[list[str]]:
    return [line.split("\t") for line in list_path().read_text().splitlines()]


def take_role() -> int:
    """The number of a role that somebody had."""
    grant = RoleGrant.objects.get(user=new_user(Role.STAFF, display_name="第五安"))
    grant.delete()
    return Ending.objects.latest("pk").number


def test_one_line_an_ending_and_nobody_in_it(kept: Path) -> None:
    number = take_role()
    assert carry(now=NOW) == 1
    assert carry(now=NOW) == 0
    row = Ending.objects.get()
    assert lines() == [[str(row.mark), row.at.isoformat(), "role", str(number), ""]]
    assert list_path().stat().st_mode & 0o777 == 0o600


def test_what_is_not_committed_is_not_written(kept: Path) -> None:
    take_role()
    carry(now=NOW)
    Ending.objects.update(carried_at=None)
    carry(now=NOW)
    assert lines()[0] == lines()[1]
    assert len({row.mark for row in listed(list_path())}) == 1


def test_two_workers_never_write_at_once(kept: Path) -> None:
    take_role()
    with transaction.atomic():
        assert carry(now=NOW) == 1
        later = meanwhile(lambda: (take_role(), carry(now=NOW)))
        assert not later.done()
    assert later.result()[1] == 1
    assert len(lines()) == 2


def test_a_line_that_a_power_cut_left_half_written_is_passed_over(kept: Path) -> None:
    take_role()
    carry(now=NOW)
    with list_path().open("a") as file:
        file.write("0b5c4a\t2026")
    number = take_role()
    carry(now=NOW)
    assert [row.number for row in listed(list_path())][-1] == number
    assert len(list(listed(list_path()))) == 2


def test_what_came_back_before_the_end_lives_on(kept: Path) -> None:
    user = new_user(display_name="第五安")
    back_up(path=kept / "before", key=KEY, now=NOW)
    for is_active in (False, True):
        User.objects.filter(pk=user.pk).update(is_active=is_active)
    carry(now=NOW)
    found = list(listed(list_path()))
    restore(path=kept / "before", key=KEY, replace=True, listed=found, now=NOW)
    assert User.objects.get(pk=user.pk).is_active


def test_what_had_ended_before_the_back_up_is_not_ended_twice(kept: Path) -> None:
    user = new_user(Role.STAFF, password="榕树下learning")
    user.set_password("叠滘learning")
    user.save()
    carry(now=NOW)
    back_up(path=kept / "before", key=KEY, now=NOW)
    done = restore(path=kept / "before", key=KEY, replace=True, listed=listed(list_path()), now=NOW)
    assert (done.ended.counts, done.ended.left) == ({}, [])
    assert User.objects.get(pk=user.pk).check_password("叠滘learning")


def test_a_list_that_was_lost_is_written_again(kept: Path) -> None:
    number = take_role()
    carry(now=NOW)
    list_path().unlink()
    end_again(found=[], now=NOW)
    carry(now=NOW)
    assert [row.number for row in listed(list_path())] == [number]


def test_what_the_list_has_is_not_written_on_it_again(kept: Path) -> None:
    take_role()
    carry(now=NOW)
    end_again(found=listed(list_path()), now=NOW)
    assert carry(now=NOW) == 0


def test_what_may_not_end_is_told(kept: Path) -> None:
    """The last branch lead stays, whatever a list says."""
    lead = new_user(Role.BRANCH_LEAD)
    found = Ending(mark=uuid4(), at=NOW, kind="account", number=lead.pk)
    done = end_again(found=[found], now=NOW)
    assert done.left == [("account", lead.pk, "last_branch_lead")]
    assert User.objects.filter(pk=lead.pk).exists()


def test_without_its_list_nothing_is_brought_back(kept: Path) -> None:
    back_up(path=kept / "before", key=KEY, now=NOW)
    with pytest.raises(CommandError, match="--without-endings"):
        call_command("restore", str(kept / "before"))
    call_command("restore", str(kept / "before"), "--without-endings")
