"""Families without an account: staff do everything for them, with who asked, why, and a log."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from after_school.actions import collecting, passes
from after_school.actions.deciding import OnBehalf
from after_school.models import (
    Absence,
    Collector,
    CollectorPass,
    Enrolment,
    FamilyEvent,
    GuardianRight,
    WalkHomePermission,
)
from diedie_edu.activities.models import SignUp
from diedie_edu.people.models import Guardianship, Resident
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.children import seen
from tests.support.refusals import code_of
from tests.support.sent_forms import form_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TOMORROW = TODAY + timedelta(days=1)
PERSON = {"full_name": "王阿姨", "phone": "13900001111", "relation": "邻居"}


@pytest.fixture
def grandmother(child, mother) -> Resident:
    """The first guardian, with a telephone and without an account."""
    person = Resident.objects.create(full_name="王桂兰", phone="13900005555")
    bond = {"guardian": person, "child": child}
    Guardianship.objects.create(relation="grandparent", **bond)
    GuardianRight.objects.filter(child=child).update(guardian=person, **seen())
    Collector.objects.filter(guardian=mother.resident).update(guardian=person)
    return person


@pytest.fixture
def desk(as_user, staff_user) -> Client:
    return as_user(staff_user)


@pytest.fixture
def do(desk, child, session, enrolment, grandmother):
    """Send the page of an act as it was opened, with what is typed."""

    def do(kind: str, row: Any = None, **typed: Any) -> Any:
        right = GuardianRight.objects.get(guardian=grandmother)
        typed |= {"asked-reason": "来电，已回拨核实", "asked-asked_by": f"{right.pk}"}
        name, more = ("for_family_row", [row.pk]) if row else ("for_family", [])
        page = reverse(f"after_school:{name}", args=[child.pk, kind, *more])
        told = {key: value if isinstance(value, list) else [value] for key, value in typed.items()}
        return form_on(desk, page, "asked-reason").typing(told).send(desk)

    return do


def events() -> list[str]:
    return list(FamilyEvent.objects.order_by("pk").values_list("what", flat=True))


def test_staff_name_bar_and_lift_a_collector(do, child, grandmother, staff_user):
    do("collector", **PERSON, valid_from=f"{TODAY}")
    neighbour = child.collectors.get(full_name="王阿姨")
    assert neighbour.named_by == staff_user
    do("bar", neighbour)
    neighbour.refresh_from_db()
    assert (neighbour.is_barred, neighbour.barred_reason) == (True, "来电，已回拨核实")
    do("lift", neighbour)
    neighbour.refresh_from_db()
    assert not neighbour.is_barred
    assert events() == ["named", "barred", "lifted"]
    event = FamilyEvent.objects.earliest("pk")
    assert (event.asked_by, event.by, event.at) == (grandmother, staff_user, NOW)


def test_the_code_of_a_pass_is_read_out_once(do, desk, child):
    answer = do("pass", day=f"{TODAY}", full_name="王阿姨")
    made = CollectorPass.objects.get()
    assert answer.context["code"] in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert made.full_name in desk.get(reverse("after_school:record", args=[child.pk])).text
    do("pass-back", made)
    made.refresh_from_db()
    assert made.taken_back_at == NOW


def test_staff_write_down_that_a_child_stays_away_and_comes_after_all(do):
    do("absence", first_day=f"{TOMORROW}", last_day=f"{TOMORROW}", reason="发烧")
    told = Absence.objects.get()
    assert (told.first_day, told.taken_back_at) == (TOMORROW, None)
    do("absence-back", told)
    told.refresh_from_db()
    assert told.taken_back_at == NOW


def test_staff_change_days_zone_allergies_and_notes(do, activities):
    told = {"weekdays": ["1", "3"], "allergies": "花生", "notes": "怕黑"}
    do("place", **told, zone=f"{activities.pk}")
    row = Enrolment.objects.get()
    assert (row.weekdays, row.zone, row.allergies, row.notes) == (
        [1, 3],
        activities,
        "花生",
        "怕黑",
    )


def test_an_old_page_of_days_and_notes_undoes_nothing(desk, child, enrolment, grandmother, session):
    page = reverse("after_school:for_family", args=[child.pk, "place"])
    right = GuardianRight.objects.get(guardian=grandmother)
    asked = {"asked-reason": ["来电"], "asked-asked_by": [f"{right.pk}"]}
    form = form_on(desk, page, "asked-reason").typing(asked | {"allergies": ["没有"]})
    Enrolment.objects.update(allergies="花生")
    assert form.send(desk).status_code == 200
    assert (Enrolment.objects.get().allergies, events()) == ("花生", [])


def test_staff_let_a_child_walk_home_and_stop_it(do):
    days = {"valid_from": f"{TODAY}", "valid_until": f"{TODAY}", "is_ready": "on"}
    do("walk-home", **days)
    given = WalkHomePermission.objects.get()
    do("walk-home-back", given)
    given.refresh_from_db()
    assert (given.taken_back_at, events()) == (NOW, ["walk", "walk_back"])


def test_staff_take_an_offered_place_and_leave_the_term(do, enrolment):
    offered = {"status": "offered", "offer_expires_at": NOW + timedelta(hours=9)}
    SignUp.objects.filter(pk=enrolment.sign_up_id).update(seated_at=None, **offered)
    do("accept")
    enrolment.sign_up.refresh_from_db()
    assert enrolment.sign_up.is_seated
    do("leave")
    enrolment.sign_up.refresh_from_db()
    assert enrolment.sign_up.status == SignUp.Status.CANCELLED
    assert events() == ["accepted", "left"]


# --- Never without a reason, and never past a rule --------------------------------------


@pytest.mark.parametrize("missing", ["asked-reason", "asked-asked_by"])
def test_without_who_and_why_nothing_is_done(desk, child, enrolment, grandmother, missing):
    right = GuardianRight.objects.get(guardian=grandmother)
    told = {"asked-reason": "来电", "asked-asked_by": right.pk, **PERSON, "valid_from": f"{TODAY}"}
    page = reverse("after_school:for_family", args=[child.pk, "collector"])
    assert desk.post(page, told | {missing: ""}).status_code == 200
    assert not child.collectors.filter(full_name="王阿姨").exists()


def ask(child: Resident, who: Resident, staff) -> str | None:
    by = OnBehalf(staff, who, "来电")
    new = collecting.NewCollector(**PERSON, valid_from=TODAY)
    return code_of(lambda: collecting.name_collector(child=child, new=new, by=by, now=NOW))


def test_by_telephone_too_a_guardian_who_does_not_decide_changes_nothing(
    child, grandmother, mother, staff_user
):
    second = {"child": child, "guardian": mother.resident, "place": 2}
    right = GuardianRight.objects.create(**second, decides=False, **seen())
    assert ask(child, mother.resident, staff_user) == "decides_not"
    GuardianRight.objects.filter(pk=right.pk).update(decides=True)
    own = child.collectors.create(
        guardian=mother.resident,
        full_name=mother.display_name,
        phone=mother.phone,
        relation="妈妈",
        valid_from=TODAY,
        named_by=staff_user,
        named_at=NOW,
    )
    by = OnBehalf(staff_user, grandmother, "来电")
    collecting.bar_collector(collector=own, reason="法院裁定", by=by, now=NOW)
    assert ask(child, mother.resident, staff_user) == "barred"
    assert events() == ["barred"]


def test_nobody_is_named_at_the_word_of_a_guardian_whom_nobody_has_seen(
    child, term, session, grandmother, staff_user
):
    unseen = dict.fromkeys(["seen_at", "seen_by"]) | {"seen_how": "", "seen_reference": ""}
    GuardianRight.objects.update(**unseen)
    assert ask(child, grandmother, staff_user) == "unconfirmed"
    make = lambda: passes.make_pass(  # noqa: E731
        child=child,
        term=term,
        day=TODAY,
        full_name="王阿姨",
        phone="",
        by=OnBehalf(staff_user, grandmother, "来电"),
        now=NOW,
    )
    assert code_of(make) == "unconfirmed"
    assert events() == []


def test_staff_name_nobody_who_is_barred(do, child, grandmother, staff_user):
    do("collector", **PERSON, valid_from=f"{TODAY}")
    do("bar", child.collectors.get(full_name="王阿姨"))
    answer = do("collector", **PERSON, valid_from=f"{TODAY}")
    assert answer.context["form"].errors["full_name"]
    assert events() == ["named", "barred"]
