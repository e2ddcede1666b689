"""Who may collect: naming, barring, passes, walking home, and the other guardian told."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from django.urls import reverse

from after_school.actions import absences, guardians, reminders
from after_school.actions.collecting import NewCollector, bar_collector, name_collector
from after_school.actions.passes import (
    make_pass,
    permit_walking_home,
    take_back_pass,
    take_back_walking_home,
    use_pass,
)
from after_school.models import (
    Absence,
    Collector,
    CollectorPass,
    GuardianRight,
    Session,
    WalkHomePermission,
)
from after_school.rules.collecting import can_collect
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions.clearances import change_clearance, record_clearance
from diedie_edu.people.models import Clearance
from diedie_edu.people.rules import residents
from diedie_edu.volunteering.actions.clearances import release_uncleared
from diedie_edu.volunteering.models import Duty
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.guardians import invited, second_guardian
from tests.support.refusals import check_at_once, code_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEIGHBOUR = NewCollector("王阿姨", "13900001111", "邻居", TODAY)


@pytest.fixture
def father(child, make_user, mother):
    """The second guardian."""
    user = make_user(display_name="陈建")
    second_guardian(child, user, mother)
    return user


def told(kind: str) -> list[str]:
    found = Notice.objects.filter(kind=f"after_school.{kind}", channel="inbox")
    return [row.recipient.full_name for row in found.select_related("recipient")]


def test_a_named_person_may_collect_and_the_other_guardian_is_told(child, mother, father):
    named = name_collector(child=child, new=NEIGHBOUR, by=mother, now=NOW)
    again = replace(NEIGHBOUR, full_name="王 阿姨", phone="139-0000-1111")
    assert name_collector(child=child, new=again, by=mother, now=NOW) == named
    assert can_collect(named, TODAY)
    assert told("collector_named") == ["陈建"]


def test_a_person_collects_from_to(child, mother):
    days = {"valid_from": TODAY + DAY, "valid_until": TODAY + 2 * DAY}
    new = NewCollector("王阿姨", "13900001111", "邻居", **days)
    named = name_collector(child=child, new=new, by=mother, now=NOW)
    held = [can_collect(named, TODAY + number * DAY) for number in range(4)]
    assert held == [False, True, True, False]
    wrong = NewCollector("甲", "13900001112", "邻居", TODAY, TODAY - DAY)
    assert code_of(lambda: name_collector(child=child, new=wrong, by=mother, now=NOW)) == (
        "ends_early"
    )


def test_a_barred_person_collects_no_more(child, mother, father):
    named = name_collector(child=child, new=NEIGHBOUR, by=mother, now=NOW)
    bar = lambda: bar_collector(collector=named, reason="搬走了", by=mother, now=NOW)  # noqa: E731
    bar()
    named.refresh_from_db()
    assert not can_collect(named, TODAY)
    assert told("collector_barred") == ["陈建"]
    assert code_of(bar) == "barred"


def test_the_last_guardian_is_not_barred(child, mother):
    own = child.collectors.get()
    bar = lambda: bar_collector(collector=own, reason="x", by=mother, now=NOW)  # noqa: E731
    assert code_of(bar) == "last_guardian"


@pytest.fixture
def make(child, term, mother):
    def make(day=TODAY, now=NOW) -> tuple[CollectorPass, str]:
        return make_pass(
            child=child, term=term, day=day, full_name="王阿姨", phone="", by=mother, now=now
        )

    return make


def test_a_pass_is_used_once_by_its_code(make, child, staff_user, father):
    made, code = make()
    assert (len(code), code in made.code_hash) == (6, False)
    tell = {"child": child, "day": TODAY, "by": staff_user, "now": NOW}
    assert use_pass(code=code, **tell) == made
    assert use_pass(code=code, **tell) is None
    assert told("pass_made") == ["陈建"]


def test_wrong_codes_are_counted_and_end_a_pass(make, child, staff_user):
    made, code = make()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    tell = {"child": child, "day": TODAY, "by": staff_user, "now": NOW}
    for _try in range(5):
        assert use_pass(code=wrong, **tell) is None
    made.refresh_from_db()
    assert made.tries == CollectorPass.MAX_TRIES
    assert use_pass(code=code, **tell) is None


def test_a_pass_is_for_one_of_the_next_days(make):
    assert code_of(lambda: make(TODAY - DAY)) == "day"
    assert code_of(lambda: make(TODAY + 8 * DAY)) == "day"
    assert code_of(lambda: make(now=moment(TODAY + DAY))) == "day"


def test_a_code_holds_for_whoever_comes_after_the_hours(make, child, staff_user):
    _made, code = make()
    late = moment(TODAY, time(19, 10))
    assert use_pass(child=child, day=TODAY, code=code, by=staff_user, now=late) is not None


def test_a_code_is_good_no_more_on_the_next_day(make, child, staff_user):
    _made, code = make()
    later = moment(TODAY + DAY, time(0, 1))
    assert use_pass(child=child, day=TODAY, code=code, by=staff_user, now=later) is None


def test_a_pass_is_made_while_the_afternoon_goes_on(make, session, staff_user):
    late = moment(TODAY, time(19, 10))
    assert make(now=late)[0].day == TODAY
    closed = {"state": "closed", "closed_at": late, "closed_by": staff_user}
    Session.objects.filter(pk=session.pk).update(**closed)
    assert code_of(lambda: make(now=late)) == "over"
    assert code_of(lambda: make(now=moment(TODAY, time(17, 0)))) == "over"


def test_no_pass_is_made_after_the_hours_of_an_afternoon_that_was_not_opened(make):
    assert code_of(lambda: make(now=moment(TODAY, time(19, 0)))) == "over"


def test_a_pass_taken_back_is_good_no_more(make, child, staff_user, mother):
    made, code = make()
    take_back_pass(day_pass=made, by=mother, now=NOW)
    assert use_pass(child=child, day=TODAY, code=code, by=staff_user, now=NOW) is None


def test_walking_home_is_permitted_and_taken_back(child, mother, father):
    given = permit_walking_home(
        child=child, valid_from=TODAY, valid_until=TODAY, by=mother, now=NOW
    )
    take_back_walking_home(permission=given, by=mother, now=NOW)
    given.refresh_from_db()
    assert (told("walks_home"), given.taken_back_at) == (["陈建"], NOW)


@pytest.mark.parametrize(("age", "years", "code"), [(8, 9, None), (10, 9, "too_young")])
def test_a_child_walks_home_from_a_certain_age(child, mother, settings, age, years, code):
    """Law on the Protection of Minors art. 21; the age is the community's to raise."""
    settings.SCHOOL_WALK_HOME_AGE = age
    given = {"valid_from": TODAY, "valid_until": TODAY, "by": mother, "now": NOW}
    assert residents.years_old(child.birth_date, TODAY) == years
    assert code_of(lambda: permit_walking_home(child=child, **given)) == code


def test_the_page_asks_whether_the_child_is_ready(child, enrolment, mother, as_user, clock):
    page = reverse("after_school:walk_home", args=[child.pk])
    days = {"valid_from": TODAY, "valid_until": TODAY}
    assert as_user(mother).post(page, days).status_code == 200
    assert not WalkHomePermission.objects.exists()
    assert as_user(mother).post(page, days | {"is_ready": "on"}).status_code == 302
    assert WalkHomePermission.objects.exists()


# --- Guardians -------------------------------------------------------------------------


def test_a_third_guardian_and_an_unknown_one_are_refused(child, mother, father, stranger):
    def add(full_name: str, phone: str) -> None:
        invited(child, stranger, mother, full_name=full_name, phone=phone)

    assert code_of(lambda: add(stranger.display_name, stranger.phone)) == "two"
    guardians.remove_guardian(right=GuardianRight.objects.get(place=2), by=mother, now=NOW)
    assert code_of(lambda: add("无此人", "13811112222")) == "unknown"
    assert code_of(lambda: add(mother.display_name, mother.phone)) == "unknown"


def test_the_second_guardian_is_limited_and_taken_out(child, mother, father):
    second = GuardianRight.objects.get(place=2)
    guardians.change_right(right=second, sees_notes=False, decides=False, by=mother)
    second.refresh_from_db()
    assert (second.sees_notes, second.decides) == (False, False)
    guardians.remove_guardian(right=second, by=mother, now=NOW)
    assert Collector.objects.get(guardian=father.resident).is_barred
    first = GuardianRight.objects.get()
    assert code_of(lambda: guardians.remove_guardian(right=first, by=mother, now=NOW)) == "first"


# --- Absences --------------------------------------------------------------------------


def test_an_absence_is_told_until_the_session_begins(enrolment, mother):
    def notify(now=NOW, last=TODAY) -> Absence:
        return absences.report_absence(
            enrolment=enrolment, first_day=TODAY, last_day=last, reason="发烧", by=mother, now=now
        )

    told_one = notify()
    assert notify() == told_one
    assert Absence.objects.get().reason == "发烧"
    late = moment(TODAY, enrolment.term.starts)
    assert code_of(lambda: notify(late)) == "begun"
    assert code_of(lambda: notify(last=TODAY - DAY)) == "ends_early"
    assert code_of(lambda: notify(last=TODAY + 300 * DAY)) == "far"
    absences.take_back_absence(absence=told_one, by=mother, now=NOW)
    assert not Absence.objects.filter(taken_back_at=None).exists()


def test_a_consent_that_runs_out_is_said_once(enrolment, mother):
    before = NOW + timedelta(days=340)
    assert reminders.plan_consent_reminders(NOW) == 0
    assert reminders.plan_consent_reminders(before) == 2  # inbox and text message
    assert reminders.plan_consent_reminders(before) == 0
    assert told("consent_runs_out") == [mother.display_name]


# --- Clearance -------------------------------------------------------------------------


def test_a_check_that_is_not_clear_releases_the_duties_ahead(session, make_volunteer, staff_user):
    volunteer = make_volunteer()
    occasion = session.zone_days.first().occasion
    Duty.at(occasion, volunteer, Duty.Work.CARER).save()
    days = {"checked_on": TODAY, "valid_until": TODAY + 365 * DAY}
    record_clearance(volunteer=volunteer, result="not_clear", by=staff_user, now=NOW, **days)
    check_at_once()
    assert occasion.duties.get().volunteer is None


def test_a_shorter_clearance_keeps_the_duties_it_still_covers(
    session, term, make_session, make_volunteer, staff_user
):
    later = make_session(term, TODAY + 7 * DAY)
    volunteer = make_volunteer()
    for day in (session, later):
        Duty.at(day.zone_days.first().occasion, volunteer, Duty.Work.CARER).save()
    change_clearance(
        clearance=Clearance.objects.get(),
        result="clear",
        valid_until=TODAY + DAY,
        by=staff_user,
        now=NOW,
    )
    check_at_once()
    held = Duty.objects.filter(volunteer=volunteer)
    assert [row.occasion.zone_day.session for row in held] == [session]
    release_uncleared(volunteer, staff_user, NOW)
    assert held.count() == 1
