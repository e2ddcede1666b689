"""Two records of one person: what becomes of each row, what meets, and all of it back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.activities.actions.seats import cancel_sign_up, sign_up
from diedie_edu.activities.models import Attendance, SignUp
from diedie_edu.common import deeds
from diedie_edu.common.manifests import parts_by
from diedie_edu.common.merging import Meeting, uniques_of
from diedie_edu.common.references import MOVE, On, keys_to
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions import changes
from diedie_edu.people.actions.changes import undo_change
from diedie_edu.people.actions.merging import merge_residents
from diedie_edu.people.models import (
    Clearance,
    Guardianship,
    PersonEvent,
    PhoneChange,
    RecordChange,
    Resident,
    Volunteer,
)
from diedie_edu.volunteering.models import Certificate
from residents_school.models import Wish
from tests.conftest import NOW
from tests.support.children import NINE, consented
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FOLDED = [Volunteer, Attendance]  # whose rows take along what hangs on them


def uniques_met() -> set[str]:
    """The rules by which rows of two people can meet, over all tables."""
    keys = [key for model in (Resident, User) for key in keys_to(model) if moves(key)]
    keys += [key for model in FOLDED for key in keys_to(model)]
    return {unique.name for key in keys for unique in uniques_of(key.model, key)}


def moves(key: object) -> bool:
    on = key.remote_field.on_delete
    return isinstance(on, On) and on.merged is MOVE


def test_every_rule_by_which_rows_meet_has_an_answer():
    """A new table with a unique key to a person fails here: say what becomes of two rows."""
    answered = set(parts_by(Meeting, "constraint"))
    assert uniques_met() - answered - {"people.Resident.account"} == set()


def everything(*but: type[Model]) -> dict:
    """Every row of every table, without the logs."""
    logs = {"people.PersonEvent", "people.RecordChange", "accounts.SecurityEvent"}
    logs |= {model._meta.label for model in but}
    there = connection.introspection.table_names()
    tables = [m for m in apps.get_models() if m._meta.db_table in there and not m._meta.proxy]
    return {
        (table._meta.label, row.pk): deeds.columns_of(row)
        for table in tables
        if table._meta.label not in logs
        for row in table._base_manager.all()
    }


@pytest.fixture
def merge(staff_user: User) -> Callable[..., RecordChange]:
    def merge(kept: Resident, gone: Resident) -> RecordChange:
        made = merge_residents(kept=kept, gone=gone, reason="同一个人", by=staff_user, now=NOW)
        kept.refresh_from_db()
        gone.refresh_from_db()
        return made

    return merge


@pytest.fixture
def undo(staff_user: User) -> Callable[..., list]:
    def undo(change: RecordChange, now=NOW) -> list:
        return undo_change(change=change, reason="弄错了", by=staff_user, now=now)

    return undo


def test_empty_fields_are_filled_and_the_row_leads_on(make_resident, merge):
    kept = make_resident(full_name="陈建城", wants_sms=False)
    gone = make_resident(
        full_name="陈建城", phone="13812345678", gender="m", birth_date="1950-01-01"
    )
    made = merge(kept, gone)
    assert (kept.phone, kept.gender, str(kept.birth_date)) == ("13812345678", "m", "1950-01-01")
    assert kept.wants_sms is False
    assert (gone.merged_into, gone.full_name, gone.phone) == (kept, "", "")
    assert list(Resident.objects.numbered(gone.pk)) == [kept]
    assert (made.kind, made.other, made.undo_until) == ("merged", gone, NOW + 30 * DAY)
    assert PersonEvent.objects.get().kind == "merged"


@pytest.fixture
def both_full(make_user, make_resident, make_lecture, topic, staff_user):
    """Two records that have one of each, and of what is once they have it twice."""
    kept, gone = (make_user(Role.RESIDENT, Role.VOLUNTEER).resident for _ in range(2))
    Resident.objects.filter(pk=gone.pk).update(full_name=kept.full_name, name_key=kept.name_key)
    gone.refresh_from_db()
    child = consented(make_resident(full_name="陈小宝", birth_date=NINE), kept)
    consented(child, gone)
    before = make_lecture(day=NOW.date() - 7 * DAY, sign_up_opens_at=NOW - 30 * DAY)
    both, alone = make_lecture(), make_lecture(day=NOW.date() + 10 * DAY)
    for number, person in enumerate((kept, gone)):
        sign_up(activity=both, resident=person, by=None, now=NOW + number * timedelta(minutes=1))
        Attendance.objects.create(
            occasion=before.occasions.get(), resident=person, arrived_at=NOW - 7 * DAY
        )
        Wish.objects.create(resident=person, topic=topic, wished_at=NOW)
        volunteer = Volunteer.objects.create(
            resident=person, kinds=[["expert"], ["community"]][number]
        )
        volunteer.skills.create(topic=topic)
        today = NOW.date()
        Clearance.objects.create(
            volunteer=volunteer,
            result="clear",
            checked_on=today,
            valid_until=today + 300 * DAY,
            checked_by=staff_user,
        )
        Certificate.objects.create(
            kind="learning", resident=person, number=f"DDX-2026-00000{number}-ABCDEF", year=2026,
            serial=number, full_name=person.full_name, first_day=today, last_day=today, minutes=90,
            occasions=1, issued_at=NOW,
        )  # fmt: skip
    sign_up(activity=alone, resident=gone, by=None, now=NOW)
    changes.settle()
    return kept, gone


def test_what_both_have_is_once_and_the_rest_moves(both_full, merge):
    kept, gone = both_full
    merge(kept, gone)
    live = SignUp.objects.filter(status__in=SignUp.LIVE)
    assert sorted(live.values_list("resident", flat=True)) == [kept.pk, kept.pk]
    assert all(row.activity.taken == 1 for row in live.select_related("activity"))
    assert list(kept.attendances.values_list("resident")) == [(kept.pk,)]
    assert kept.certificates.count() == 2
    assert (kept.wishes.count(), Wish.objects.count()) == (1, 1)
    assert kept.volunteer.kinds == ["expert", "community"]
    assert (kept.volunteer.skills.count(), kept.volunteer.clearances.count()) == (1, 2)
    assert Guardianship.objects.get().guardian == kept
    consents = kept.consents_given.order_by("pk").values_list("ending", flat=True)
    assert sorted(consents) == ["", "replaced"]
    assert not Notice.objects.filter(recipient=gone).exists()
    assert User.rows.get(pk__in=User.rows.filter(merged_into=kept.account)).is_active is False


def test_undone_every_column_of_every_table_is_as_before(both_full, merge, undo):
    kept, gone = both_full
    before = everything()
    made = merge(kept, gone)
    assert everything() != before
    assert undo(made, NOW) == []
    after = everything()
    changed = {key for key in before | after if before.get(key) != after.get(key)}
    only_added_to = {"accounts.RoleChange", "accounts.SecurityEvent", "keeping.Ending"}
    assert {label for label, _pk in changed} <= only_added_to, changed


def test_a_place_that_went_on_is_waited_for_in_front(
    make_resident, make_lecture, merge, undo, staff_user
):
    lecture = make_lecture(capacity=2)
    kept, gone, third = (make_resident() for _ in range(3))
    for minutes, person in enumerate((kept, gone, third)):
        sign_up(activity=lecture, resident=person, by=None, now=NOW + timedelta(minutes=minutes))
    made = merge(kept, gone)
    assert SignUp.objects.get(resident=third).status == "offered"
    left = undo(made, NOW + timedelta(hours=1))
    assert SignUp.objects.get(resident=gone).status == "waiting"
    assert [row.table for row in left] == [SignUp]
    lecture.refresh_from_db()
    assert lecture.taken == 2


def test_what_changed_since_stays_and_is_named(make_resident, make_lecture, merge, undo):
    kept, gone = make_resident(phone=""), make_resident(phone="13812345678")
    lecture = make_lecture()
    sign_up(activity=lecture, resident=gone, by=None, now=NOW)
    made = merge(kept, gone)
    other = make_lecture(day=NOW.date() + 9 * DAY)
    sign_up(activity=other, resident=kept, by=None, now=NOW)
    cancel_sign_up(activity=lecture, resident=kept, by=None, now=NOW)
    Resident.objects.filter(pk=kept.pk).update(phone="13900001111", phone_key="1:13900001111")
    assert dict(changes.entered_since(made))["报名记录"] == 1
    left = undo(made)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.phone, gone.phone) == ("13900001111", "13812345678")
    assert {row.table for row in left} == {Resident}
    assert SignUp.objects.get(activity=lecture).resident == gone
    assert SignUp.objects.get(activity=other).resident == kept


def test_undo_is_for_thirty_days_and_its_notes_go(make_resident, merge, undo):
    made = merge(make_resident(), make_resident())
    assert "full_name" in made.notes
    late = NOW + 30 * DAY
    assert code_of(lambda: undo(made, late)) == "too_late"
    assert changes.forget_notes(now=late) == 1
    made.refresh_from_db()
    assert made.notes == ""


def test_who_stands_as_two_is_not_one(make_resident, merge):
    child = consented(make_resident(birth_date=NINE))
    guardian = child.guardians.get().guardian
    assert code_of(lambda: merge(guardian, child)) == "both_named"
    assert code_of(lambda: merge(make_resident(birth_date="1950-01-01"), child)) == "birth_dates"


def test_who_works_here_is_not_merged_away_nor_merges_themselves(
    make_resident, make_user, merge, staff_user
):
    lead = make_user(Role.STAFF).resident
    own = make_user(Role.RESIDENT).resident
    assert code_of(lambda: merge(own, lead)) == "works_here"
    assert code_of(lambda: merge(staff_user.resident, make_resident())) == "own"


def test_a_phone_that_is_being_changed_comes_to_rest_first(make_resident, merge):
    kept, gone = make_resident(), make_resident(phone="13812345678")
    under_way = {"old_phone": "13812345678", "new_phone": "13812345679", "how": "code"}
    times = {"proved_at": NOW, "in_force_at": NOW + DAY}
    PhoneChange.objects.create(resident=gone, **under_way, **times)
    assert code_of(lambda: merge(kept, gone)) == "phone_changes"


def test_merged_on_is_undone_from_the_last(make_resident, merge, undo):
    first, second, third = (make_resident() for _ in range(3))
    one = merge(second, first)
    two = merge(third, second)
    assert code_of(lambda: undo(one)) == "merged_on"
    undo(two)
    undo(one)
    assert Resident.objects.filter(pk__in=[first.pk, second.pk, third.pk]).count() == 3
