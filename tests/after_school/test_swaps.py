"""Two volunteers exchange their duties in one step: by a link and a yes, or by a lead."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse

from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Clearance
from diedie_edu.volunteering.actions.roster import free_slot
from diedie_edu.volunteering.actions.swaps import answer_swap, offer_swap, swap_slots
from diedie_edu.volunteering.models import Duty, DutySwap
from tests.after_school.conftest import TODAY
from tests.support.afternoons import at
from tests.support.races import together
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
TEN = at(10)


@pytest.fixture
def pair(term, make_session, make_volunteer) -> tuple[Duty, Duty]:
    """Tomorrow's duty of one person, and another's on the day after."""
    found = []
    for days in (1, 2):
        day = make_session(term, TODAY + timedelta(days=days))
        duty = Duty.at(day.zone_days.first().occasion, make_volunteer(), Duty.Work.CARER)
        duty.save()
        found.append(duty)
    return found[0], found[1]


@pytest.fixture
def swap(pair) -> DutySwap:
    return offer_swap(own=pair[0], wanted=pair[1], now=TEN)


def told(code: str) -> list[Notice]:
    return list(Notice.objects.filter(kind=code, channel="sms", status="queued").order_by("pk"))


def holders(pair) -> list[int]:
    return [Duty.objects.get(pk=duty.pk).volunteer_id for duty in pair]


def test_the_other_one_agrees_by_the_link(pair, swap, client, frozen):
    frozen(TEN)
    first, second = (duty.volunteer for duty in pair)
    [asked] = told("after_school.swap_asked")
    assert asked.recipient == second.resident
    link = render(asked, "zh-hans").path
    assert "愿意换" in client.get(link).content.decode()
    assert holders(pair) == [first.pk, second.pk]
    client.post(link, {"yes": "1"})
    assert holders(pair) == [second.pk, first.pk]
    client.post(link, {"yes": "1"})
    assert holders(pair) == [second.pk, first.pk]
    both = {row.recipient for row in told("volunteering.swapped")}
    assert both == {first.resident, second.resident}
    assert "已换好" in client.get(link).content.decode()


def test_a_no_changes_nothing_and_is_told(pair, swap):
    before = holders(pair)
    answer_swap(swap=swap, takes_it=False, now=TEN)
    answer_swap(swap=swap, takes_it=True, now=TEN)
    assert holders(pair) == before
    [message] = told("volunteering.swap_refused")
    assert message.recipient == pair[0].volunteer.resident


def test_asked_twice_is_asked_once(pair, swap):
    assert offer_swap(own=pair[0], wanted=pair[1], now=TEN) == swap
    assert len(told("after_school.swap_asked")) == 1


def test_it_holds_only_while_both_have_their_duties(pair, swap, staff_user):
    free_slot(duty=pair[1], by=staff_user, now=TEN)
    swap.refresh_from_db()
    assert code_of(partial(answer_swap, swap=swap, takes_it=True, now=TEN)) == "swap_gone"


@pytest.mark.parametrize("of", [0, 1])
def test_both_are_cleared_on_the_others_day(pair, staff_user, of):
    person = pair[of].volunteer
    ends = TODAY + timedelta(days=1) if of == 0 else TODAY
    Duty.objects.filter(pk=pair[1].pk).update(volunteer=None) if of else None
    Clearance.objects.filter(volunteer=person).update(
        checked_on=ends - timedelta(days=9), valid_until=ends
    ) if of == 0 else Clearance.objects.filter(volunteer=person).update(
        checked_on=TODAY + timedelta(days=2)
    )
    Duty.objects.filter(pk=pair[1].pk).update(volunteer=pair[1].volunteer)
    swap = partial(swap_slots, first=pair[0], second=pair[1], by=staff_user, now=TEN)
    assert code_of(swap) == "not_cleared"


def test_nobody_is_in_two_places(pair, term, make_session, staff_user):
    busy = pair[1].occasion.zone_day.session.zone_days.last().occasion
    Duty.at(busy, pair[0].volunteer, Duty.Work.TUTOR).save()
    swap = partial(swap_slots, first=pair[0], second=pair[1], by=staff_user, now=TEN)
    assert code_of(swap) == "booked"


def test_what_has_begun_is_not_swapped(pair, staff_user):
    late = pair[0].starts_at
    swap = partial(swap_slots, first=pair[0], second=pair[1], by=staff_user, now=late)
    assert code_of(swap) == "swap_gone"


def test_a_lead_swaps_on_the_roster(pair, client, staff_user, frozen):
    frozen(TEN)
    first, second = holders(pair)
    client.force_login(staff_user)
    address = reverse("after_school:slot", args=[pair[0].pk])
    assert "与别人的值班对调" in client.get(address).content.decode()
    client.post(address, {"swap": str(pair[1].pk)})
    assert holders(pair) == [second, first]


@pytest.mark.parametrize(
    ("fields", "guard"),
    [
        ({"answer": "yes"}, "a_swap_is_answered_once"),
        ({"asked": "asking"}, "two_people_swap_their_duties"),
        ({"answer": ""}, "one_swap_is_asked"),
    ],
)
def test_the_database_knows_what_a_swap_is(swap, fields, guard):
    facts = {"asking": swap.asking, "asked": swap.asked, "asked_at": TEN, **fields}
    facts["asked"] = swap.asking if fields.get("asked") else swap.asked
    make = partial(DutySwap.objects.create, offered=swap.offered, wanted=swap.wanted, **facts)
    assert guard_that_stops(make) == guard


@pytest.mark.django_db(transaction=True)
def test_two_swaps_at_once_leave_everybody_with_one_duty(pair, staff_user):
    there = partial(swap_slots, first=pair[0], second=pair[1], by=staff_user, now=TEN)
    back = partial(swap_slots, first=pair[1], second=pair[0], by=staff_user, now=TEN)
    before = holders(pair)
    together(there, back)
    assert holders(pair) == before
