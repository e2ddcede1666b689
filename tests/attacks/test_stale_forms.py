"""Nothing that was opened before undoes what somebody has saved since: pages, inlines, previews,
lists. `tests/test_old_forms.py` sends every form of every page from two browsers."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from after_school.models import Term
from diedie_edu.accounts.models import User
from diedie_edu.common.edit_forms import CHANGED
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports, loading
from diedie_edu.people.models import Household, Resident, Skill, Topic, Volunteer
from diedie_edu.portal.base_data import load_plan
from tests.conftest import NOW
from tests.support.access_school import make_school
from tests.support.sent_forms import SentForm, form_on, forms_on

pytestmark = [pytest.mark.usefixtures("clock")]
loads = pytest.mark.django_db(transaction=True)
TITLES = ["姓名", "出生日期", "电话", "户号"]


@pytest.fixture
def superuser(make_user: Callable[..., User]) -> User:
    return make_user(is_superuser=True)


@pytest.fixture
def desk(as_user: Callable[[User], Client], superuser: User) -> Client:
    return as_user(superuser)


@pytest.fixture
def chen(make_resident: Callable[..., Resident]) -> Resident:
    return make_resident(full_name="陈建城", birth_date=date(1958, 3, 21), phone="13800000001")


def row(phone: str, house: str = "") -> list[str]:
    return ["陈建城", "1958-03-21", phone, house]


def phone_of(person: Resident) -> str:
    return Resident.objects.get(pk=person.pk).phone


# --- Lists -----------------------------------------------------------------------------


@loads
def test_a_form_undoes_nothing_that_a_list_has_brought(
    loaded: Callable[..., Any], desk: Client, chen: Resident
) -> None:
    page = reverse("admin:people_resident_change", args=[chen.pk])
    form = form_on(desk, page, "full_name").typing({"email": ["a@example.org"]})
    loaded(TITLES, row("13800000002"))
    answer = form.send(desk)
    assert (answer.status_code, str(CHANGED) in answer.text) == (200, True)
    assert phone_of(chen) == "13800000002"
    again = next(one for one in forms_on(answer.text, page) if "full_name" in one.controls)
    assert again.controls["phone"].values == ["13800000002"]
    assert again.send(desk).status_code == 302
    assert Resident.objects.get(pk=chen.pk).email == "a@example.org"


@pytest.fixture
def between(checked: Callable[..., Any], desk: Client, chen: Resident) -> Any:
    """A list that is checked; then somebody corrects the phone by hand; then it is confirmed."""
    job = checked(TITLES, row("13800000002"))
    page = reverse("admin:people_resident_change", args=[chen.pk])
    typed = {"phone": ["13800000003"]}
    assert form_on(desk, page, "full_name").typing(typed).send(desk).status_code == 302
    assert imports.confirm_import(job=job)
    return job


@loads
def test_a_list_undoes_nothing_that_a_form_has_brought_since_it_was_checked(
    between: Any, chen: Resident
) -> None:
    assert run_next(NOW)
    between.refresh_from_db()
    assert between.status == "faulty"
    assert "Somebody entered something here" in between.faults[0]["message"]
    assert phone_of(chen) == "13800000003"


@loads
def test_without_the_check_the_older_list_would_win(
    between: Any, chen: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "check_seen", lambda *_facts: None)
    assert run_next(NOW)
    assert phone_of(chen) == "13800000002"


@loads
def test_a_list_brings_nobody_back_who_was_renamed_meanwhile(
    checked: Callable[..., Any], chen: Resident
) -> None:
    job = checked(TITLES, row("13800000002"))
    chen.full_name = "陈建成"
    chen.save()
    assert imports.confirm_import(job=job)
    assert run_next(NOW)
    assert Resident.objects.filter(full_name="陈建城").count() == 0


@loads
def test_a_list_that_meets_what_it_brings_is_loaded(
    checked: Callable[..., Any], chen: Resident
) -> None:
    job = checked(TITLES, row("13800000002", "8-1"))
    chen.phone, chen.household = "13800000002", Household.objects.create(label="8-1")
    chen.save()
    assert imports.confirm_import(job=job)
    assert run_next(NOW)
    job.refresh_from_db()
    assert (job.status, job.rows_same) == ("done", 1)


# --- Inlines ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_row_that_was_changed_meanwhile_is_not_taken_out_unseen(
    desk: Client, chen: Resident, topic: Topic
) -> None:
    volunteer = Volunteer.objects.create(resident=chen, kinds=["community"])
    skill = Skill.objects.create(volunteer=volunteer, topic=topic)
    other = Topic.objects.create(area=topic.area, title_zh="书法")
    page = reverse("admin:people_volunteer_change", args=[volunteer.pk])
    form = form_on(desk, page, "kinds")
    ticked = next(name for name in form.controls if name.endswith("0-DELETE"))
    Skill.objects.filter(pk=skill.pk).update(topic=other)
    answer = form.typing({ticked: ["on"]}).send(desk)
    assert answer.status_code == 200
    assert Skill.objects.get().topic == other


# --- Previews --------------------------------------------------------------------------


@pytest.fixture
def term(superuser: User) -> Term:
    load_plan()
    Volunteer.objects.create(resident=superuser.resident, kinds=["community"])
    return make_school([superuser])


def changing(desk: Client, term: Term, title: str) -> SentForm:
    """The form of a term, as its preview carries it along."""
    page = reverse("after_school:term_change", args=[term.pk])
    typed = form_on(desk, page, "title").typing({"title": [title], "reason": ["改名"]})
    shown = desk.post(f"{page}?preview", typed.data())
    return next(one for one in forms_on(shown.text, page) if "title" in one.controls)


@pytest.mark.django_db
def test_a_preview_undoes_nothing_that_was_saved_while_it_was_read(
    desk: Client, term: Term
) -> None:
    first, second = (changing(desk, term, title) for title in ("甲", "乙"))
    assert desk.post(first.action, first.data()).status_code == 302
    answer = desk.post(second.action, second.data())
    assert (answer.status_code, str(CHANGED) in answer.text) == (200, True)
    assert Term.objects.get(pk=term.pk).title == "甲"
