"""A message about a day gone by says which day, and what is told on its day the clock alone."""

from datetime import timedelta

import pytest

from after_school.actions.corrections import take_back_leaving
from after_school.actions.handing_over import hand_over, note_refusal
from after_school.actions.missing import plan_missing
from after_school.actions.notes import write_note
from after_school.actions.presence import let_in
from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.kinds import Kind, render
from tests.after_school.conftest import of
from tests.support.afternoons import at, told
from tests.support.answers import bar

pytestmark = pytest.mark.django_db
NEXT_DAY = at(9) + timedelta(days=1)
DAY = {"zh-hans": "11月23日（周一）", "en": "Monday 23 November"}


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    return request.param


@pytest.fixture
def gone(presence, collector, staff_user):
    def gone(now, **fields):
        return hand_over(
            **of(presence), collector=collector, how="known", by=staff_user, now=now, **fields
        )

    return gone


def test_yesterdays_hand_over_typed_in_late_says_its_day(gone, language):
    gone(NEXT_DAY, at=at(17, 5))
    text = render(told("handed_over")[0], language)
    assert DAY[language] in text.title
    assert DAY[language] in text.body
    assert "17:05" in text.body
    assert "23" in text.sms
    assert "17:05" in text.sms


def test_on_its_day_the_clock_is_enough(gone, language):
    gone(at(17, 5))
    text = render(told("handed_over")[0], language)
    assert "17:05" in text.title
    assert "23" not in text.title + text.body


def test_yesterdays_correction_says_its_day_and_not_that_the_child_is_here(
    gone, staff_user, language
):
    presence = gone(at(17, 5))
    undone = {"reason": "记错了", "by": staff_user, "now": NEXT_DAY}
    take_back_leaving(presence=presence, seen=presence.left_at, **undone)
    assert not told("hand_over_taken_back")
    assert DAY[language] in render(told("hand_over_put_right")[0], language).body


def test_yesterdays_refusal_says_its_day(presence, child, collector, staff_user, language):
    bar(child, staff_user)
    note_refusal(presence=presence, collector=collector, by=staff_user, now=NEXT_DAY)
    assert not told("refused")
    assert DAY[language] in render(told("refused_then")[0], language).body


def test_a_note_says_of_which_day_it_is(presence, staff_user, language):
    write_note(presence=presence, kind="homework", text="写完了", by=staff_user, now=NEXT_DAY)
    assert DAY[language] in render(told("note")[0], language).body


def test_who_is_found_on_yesterdays_paper_came_yesterday(
    session, enrolment, homework, staff_user, language
):
    plan_missing(at(16, 50))
    typed = {"zone": homework, "by": staff_user, "now": NEXT_DAY, "at": at(17, 10)}
    let_in(session=session, enrolment=enrolment, **typed)
    text = render(told("found")[0], language)
    assert DAY[language] in text.body
    assert "17:10" in text.body


def test_every_clock_in_a_message_of_ours_is_told_on_its_day():
    """A kind with a bare time is told in the same moment; those that staff type in late have
    `when_at`, or name the day."""
    at_once = {
        *("missing", "missing_for_staff", "refused", "arrived", "not_believed"),
        "help_look",
        *("where_for_family", "where_for_staff", "must_leave"),
        *("not_opened", "not_opened_for_family", "opened_late", "still_here", "not_collected"),
        *("closed_for_family", "closed_with_awaited", "called_off_with_children", "come_now"),
    }
    bare = {
        kind.code.removeprefix("after_school.")
        for kind in parts_of(Kind)
        if kind.code.startswith("after_school.") and "{time}" in f"{kind.title}{kind.body}"
    }
    assert bare - at_once == set()
