"""Breaks within a term, and the pages on which terms are changed."""

from datetime import time

import pytest
from django.urls import reverse

from after_school.actions.breaks import add_break, take_back_break
from after_school.actions.term_days import call_off_session
from after_school.models import SchoolBreak, Term
from diedie_edu.activities.models import Occasion
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import TODAY
from tests.after_school.terms.test_changing import FRIDAY, TUESDAY, clocks
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[int]:
    rows = Notice.objects.filter(kind=f"after_school.{kind}", channel="inbox")
    return sorted(rows.values_list("recipient", flat=True))


def test_a_break_taken_back_holds_what_it_called_off_and_no_more(
    week, enrol_in, mother, staff_user
):
    enrol_in(week)
    friday = week.sessions.get(day=FRIDAY)
    call_off_session(session=friday, reason="停电", by=staff_user, now=NOW)
    period = {"first_day": TUESDAY, "last_day": FRIDAY}
    by = {"by": staff_user, "now": NOW}
    assert add_break(term=week, title="秋假", **period, **by).days == 3
    done = take_back_break(school_break=SchoolBreak.objects.get(), **by)
    assert (done.days, SchoolBreak.objects.count()) == (3, 0)
    assert told("these_days_after_all") == [mother.resident.pk]
    off = Occasion.objects.filter(is_called_off=True)
    assert set(off.values_list("zone_day__session__day", flat=True)) == {FRIDAY}


def test_days_left_out_for_a_break_are_planned_when_it_is_taken_back(
    make_term, make_session, staff_user
):
    term = make_term(first_day=TODAY, last_day=FRIDAY)
    found = SchoolBreak.objects.create(term=term, title="秋假", first_day=TUESDAY, last_day=TUESDAY)
    assert take_back_break(school_break=found, by=staff_user, now=NOW).days == 1
    assert list(term.sessions.values_list("day", flat=True)) == [TUESDAY]


# --- Pages -----------------------------------------------------------------------------


@pytest.fixture
def page(as_user, staff_user, frozen):
    frozen(NOW)
    return as_user(staff_user)


def sent(page, term: Term, **more: str) -> dict[str, str]:
    """The form as it is opened now."""
    form = page.get(reverse("after_school:term_change", args=[term.pk])).context["form"]
    rooms = {name: str(form[name].value()) for name in ("homework_venue", "activities_venue")}
    days = {"first_day": f"{TODAY}", "last_day": f"{FRIDAY}", "starts": "16:30", "ends": "19:00"}
    return {"title": term.title, "opened": form["opened"].value(), **rooms, **days, **more}


def test_a_change_is_shown_first_and_then_made(page, week):
    address = reverse("after_school:term_change", args=[week.pk])
    data = sent(page, week, starts="16:00")
    assert page.post(f"{address}?preview", data).context["done"].moved == 5
    assert clocks(week) == {("16:30", "19:00")}
    page.post(address, data)
    assert clocks(week) == {("16:00", "19:00")}


def test_an_old_form_undoes_nothing(page, week):
    address = reverse("after_school:term_change", args=[week.pk])
    old = sent(page, week, title="新名字")
    Term.objects.filter(pk=week.pk).update(starts=time(16))
    answer = page.post(address, old)
    assert answer.context["form"].differences
    assert Term.objects.get().starts == time(16)


def test_an_earlier_end_asks_for_a_reason(page, week):
    address = reverse("after_school:term_change", args=[week.pk])
    answer = page.post(address, sent(page, week, last_day=f"{TODAY}"))
    assert list(answer.context["form"].errors) == ["reason"]


def test_a_break_and_a_draft_are_shown_before_they_go(page, week):
    entered = {"title": "秋假", "first_day": f"{TUESDAY}", "last_day": f"{FRIDAY}"}
    address = reverse("after_school:break_add", args=[week.pk])
    assert page.post(address, entered | {"preview": "1"}).context["done"].days == 4
    assert not SchoolBreak.objects.exists()
    page.post(address, entered)
    back = reverse("after_school:break_back", args=[SchoolBreak.objects.get().pk])
    assert page.get(back).context["done"].days == 4
    page.post(back)
    assert not SchoolBreak.objects.exists()
    Term.objects.filter(pk=week.pk).update(state="draft")
    delete = reverse("after_school:term_delete", args=[week.pk])
    assert page.get(delete).context["days"] == 5
    page.post(delete)
