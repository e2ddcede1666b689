"""The first messages of an enrolment name the child, its first day to come, and where."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from after_school.actions import enrolling
from after_school.actions.collecting import NewCollector
from diedie_edu.activities.actions.offers import confirm_offer, offer_places
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.people.actions.consents import Agreement
from tests.after_school.conftest import TODAY
from tests.conftest import NOW
from tests.support.afternoons import told
from tests.support.children import NINE, consent_text

pytestmark = pytest.mark.django_db
TUESDAY = TODAY + timedelta(days=1)


@pytest.fixture
def wish(term, homework, mother, make_session) -> enrolling.Wish:
    """Tuesdays and Thursdays; Monday's afternoon is not the child's."""
    for day in (TODAY, TUESDAY):
        make_session(term, day)
    return enrolling.Wish(
        term=term,
        guardian=mother.resident,
        facts=enrolling.ChildFacts("陈小宝", NINE, "mother"),
        place=enrolling.Place("叠滘小学", "三年级", "", homework, [2, 4], "", ""),
        collectors=[NewCollector("外婆", "13900001111", "外婆", TODAY)],
        agreement=Agreement(consent_text(), "online", ""),
    )


def test_a_seat_names_the_first_day_that_is_the_childs_and_its_room(wish, mother, homework):
    for _sent in range(2):
        enrolling.enrol(wish=wish, by=mother, now=NOW)
    [message] = told("enrolled")
    text = render(message, "zh-hans")
    assert message.recipient == mother.resident
    assert "陈小宝 第一次来是 11月24日（周二）16:30" in text.body
    assert f"{homework}，{homework.venue}" in text.body
    assert not Notice.objects.filter(kind__startswith="activities.").exists()


def test_from_the_queue_to_a_seat_each_message_names_the_child(wish, mother, term):
    Activity.objects.filter(pk=term.pk).update(capacity=1, taken=1)
    enrolment = enrolling.enrol(wish=wish, by=mother, now=NOW)
    assert enrolment.sign_up.is_waiting
    assert "陈小宝" in render(told("queued")[0], "zh-hans").title
    Activity.objects.filter(pk=term.pk).update(capacity=2)
    offer_places(term.pk, NOW)
    offered = render(told("place_kept")[0], "en")
    assert "Tuesday 24 November, 16:30" in offered.body
    confirm_offer(sign_up=SignUp.objects.get(), by=mother, now=NOW)
    assert "11月24日" in render(told("enrolled")[0], "zh-hans").sms
    assert not Notice.objects.filter(kind__startswith="activities.").exists()


def test_a_term_whose_days_lie_far_ahead_has_its_first_day(wish, mother):
    far = replace(wish, place=replace(wish.place, weekdays=[5]))
    enrolling.enrol(wish=far, by=mother, now=NOW)
    first = date(2026, 9, 1)
    assert told("enrolled")[0].data["first_at"].startswith(f"{first}")
