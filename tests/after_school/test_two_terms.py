"""Two terms at once: every page, queue and absence knows both, and a child is in one room."""

from datetime import time, timedelta
from functools import partial

import pytest
from django.urls import reverse

from after_school.actions.absences import report_absence, take_back_absence
from after_school.actions.missing import plan_missing
from after_school.actions.presence import let_in
from after_school.models import Absence, Enrolment, Presence, Session, Term
from after_school.queries.bands import children_of
from after_school.queries.children import enrolment_of, next_days, term_to_collect_from
from after_school.queries.desk import figures
from after_school.queries.roster import roster_between
from after_school.queries.sessions import Stand, register_of
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import moment
from diedie_edu.notices.models import Notice
from diedie_edu.venues.models import Venue
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.afternoons import desk_of
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
AT_FIVE = moment(TODAY, time(17))


@pytest.fixture
def other(make_term) -> Term:
    """Beside the term of the other fixtures, in two rooms of its own."""
    return make_term(title="公益托管班", first_day=TODAY, last_day=TODAY + timedelta(days=30))


@pytest.fixture
def also(enrolment, other) -> Enrolment:
    """The child's place in it."""
    told = {"signed_up_at": NOW, "seated_at": NOW}
    seat = SignUp.objects.create(activity=other, resident=enrolment.child, status="seated", **told)
    Term.objects.filter(pk=other.pk).update(taken=1)
    where = {"school": "叠滘小学", "grade": "三年级", "zone": other.zones.first()}
    return Enrolment.objects.create(
        sign_up=seat, term=other, child=enrolment.child, weekdays=[1, 2, 3, 4, 5], **where
    )


@pytest.fixture
def second(other, make_session) -> Session:
    return make_session(other, state="open")


def stand(session: Session) -> list[Stand]:
    return [line.stand for line in register_of(session, AT_FIVE)]


def test_the_desk_and_today_show_both(as_user, staff_user, session, second, presence, frozen):
    frozen(AT_FIVE)
    assert [row.number for row in figures(staff_user, AT_FIVE)] == [1, 0]
    page = as_user(staff_user).get(reverse("after_school:today"))
    for row in (session, second):
        assert reverse("after_school:session", args=[row.pk]) in page.text
    late = [row.url for row in desk_of(staff_user, moment(TODAY, time(19, 30)))]
    assert len({url for url in late if "sessions" in url}) == 2


def test_the_roster_says_of_which_term_each_day_is(as_user, staff_user, session, second, frozen):
    frozen(AT_FIVE)
    page = as_user(staff_user).get(reverse("after_school:roster")).text
    assert page.index(session.term.title) < page.index(second.term.title)
    days = [row.zone_day.session for row in roster_between(TODAY, TODAY, AT_FIVE)]
    assert days == [session, session, second, second]


def test_who_is_inside_at_the_one_is_not_missing_at_the_other(also, session, second, presence):
    assert stand(session) == [Stand.INSIDE]
    assert stand(second) == [Stand.TO_COME]
    assert plan_missing(AT_FIVE) == 0
    assert not Notice.objects.filter(kind="after_school.missing").exists()


def test_an_absence_holds_in_every_term_and_is_taken_back_in_every_one(
    enrolment, also, session, second, mother
):
    tomorrow = TODAY + timedelta(days=1)
    days = {"first_day": tomorrow, "last_day": tomorrow, "reason": ""}
    by = {"by": mother, "now": NOW}
    told = report_absence(enrolment=enrolment, **days, **by)
    assert set(Absence.objects.values_list("enrolment", flat=True)) == {enrolment.pk, also.pk}
    take_back_absence(absence=told, **by)
    assert not Absence.objects.filter(taken_back_at=None).exists()


def test_an_absence_is_told_until_the_last_of_them_begins(enrolment, also, other, mother):
    Term.objects.filter(pk=other.pk).update(starts=time(18))
    also.term.refresh_from_db()
    days = {"first_day": TODAY, "last_day": TODAY, "reason": ""}
    report = partial(report_absence, enrolment=enrolment, by=mother, **days)
    assert report(now=AT_FIVE).enrolment == also
    assert Absence.objects.count() == 1
    assert code_of(lambda: report(now=moment(TODAY, time(18)))) == "begun"


def test_the_childs_page_shows_both_and_changes_the_one_that_is_named(
    as_user, mother, enrolment, also, session, second, presence, frozen, make_session
):
    make_session(also.term, TODAY + timedelta(days=1))
    frozen(AT_FIVE)
    page = as_user(mother)
    [row] = children_of(mother, AT_FIVE)
    assert len(row.bands) == 2
    assert len({day.term_id for day in next_days([enrolment, also], AT_FIVE)}) == 2
    shown = page.get(reverse("after_school:child", args=[enrolment.child_id])).text
    leave = reverse("after_school:leave", args=[enrolment.child_id])
    for place in (enrolment, also):
        assert f"{leave}?term={place.term_id}" in shown
    page.post(f"{leave}?term={also.term_id}")
    also.sign_up.refresh_from_db()
    enrolment.sign_up.refresh_from_db()
    assert (also.sign_up.status, enrolment.sign_up.status) == ("cancelled", "seated")


def test_a_place_that_is_offered_in_the_next_term_is_seen_beside_todays(
    mother, enrolment, also, session, presence
):
    until = {"status": "offered", "seated_at": None, "offer_expires_at": AT_FIVE}
    SignUp.objects.filter(pk=also.sign_up_id).update(**until)
    [row] = children_of(mother, NOW)
    assert [band.tone for band in row.bands][:1] == ["amber"]
    assert len(row.bands) == 2


def test_a_named_term_that_is_not_the_childs_is_none(enrolment, other):
    assert enrolment_of(enrolment.child_id, NOW, str(other.pk)) is None
    assert enrolment_of(enrolment.child_id, NOW) == enrolment


def test_a_pass_is_made_while_one_of_them_goes_on(enrolment, also, session, other, make_session):
    late = moment(TODAY, time(19, 30))
    make_session(other, state="closed")
    assert term_to_collect_from(enrolment.child_id, TODAY, late) == enrolment.term


# --- Places ----------------------------------------------------------------------------


def test_a_zone_takes_no_more_than_its_room_of_the_day(
    session, enrolment, enrol_child, make_child, homework, staff_user
):
    Venue.objects.filter(pk=homework.venue_id).update(places=1)
    enter = partial(let_in, session=session, zone=homework, by=staff_user, now=AT_FIVE)
    enter(enrolment=enrolment)
    late = enrol_child(make_child())
    assert code_of(partial(enter, enrolment=late)) == "zone_full"

    def past_every_rule() -> None:
        Presence.objects.create(
            session=session,
            enrolment=late,
            term=late.term,
            child=late.child,
            zone=homework,
            arrived_at=AT_FIVE,
            arrived_by=staff_user,
        )

    assert guard_that_stops(past_every_rule) == "no_more_children_in_a_zone_than_its_places"
