"""What several who come together answer: for whom an offer is, who comes, who gives back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import offers, parties, seats
from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.common.errors import Refused
from diedie_edu.common.links import token
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Household, Resident
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.refusals import code_of
from tests.support.seats import check_seats, fill, statuses, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Make = Callable[..., Resident]


@pytest.fixture
def activity(make_lecture: Callable[..., Lecture]) -> Activity:
    """Two seats, both taken."""
    lecture = Activity.objects.get(pk=make_lecture(capacity=2).pk)
    fill(lecture, 2)
    return lecture


@pytest.fixture
def couple(stranger: User, make_resident: Make) -> list[Resident]:
    """Two of one household; the first has an account."""
    home = Household.objects.create(label="3-2-401")
    first = stranger.resident
    first.full_name, first.household = "陈建城", home
    first.save()
    return [first, make_resident(full_name="梁秀英", household=home)]


@pytest.fixture
def offered(activity: Activity, couple: list[Resident], stranger: User) -> list[SignUp]:
    """The two wait together, and two places have come free for them."""
    rows = parties.sign_up_together(activity=activity, residents=couple, by=stranger, now=NOW)
    seats.change_capacity(activity=activity, capacity=4, by=None, now=NOW)
    assert statuses(rows) == ["offered", "offered"]
    return [SignUp.objects.get(pk=row.pk) for row in rows]


def link(row: SignUp) -> str:
    return f"/activities/place/{token('sign_up', row.pk)}/"


def ids(*rows: SignUp) -> list[int]:
    return [row.resident_id for row in rows]


# --- An offer --------------------------------------------------------------------------


def test_the_offer_says_for_whom_it_is(client: Client, offered: list[SignUp]) -> None:
    said = Notice.objects.get(kind="activities.offered", channel="inbox")
    page = client.get(link(offered[0])).text
    for words in (render(said, "zh-hans").body, page):
        assert "陈*城" in words
        assert "梁*英" in words
    assert "陈建城" not in page


def test_one_of_two_comes_and_the_others_place_goes_on(
    client: Client, activity: Activity, offered: list[SignUp]
) -> None:
    (waits,) = fill(activity, 1)
    answer = {"do": "accept", "choose": "1", "who": ids(offered[1])}
    client.post(link(offered[0]), answer)
    assert statuses([*offered, waits]) == ["cancelled", "seated", "offered"]
    assert ("cancelled", offered[0].resident_id) in told(activity)
    check_seats(activity)


def test_where_nobody_is_ticked_nothing_changes_and_the_page_says_so(
    client: Client, offered: list[SignUp]
) -> None:
    answer = client.post(link(offered[0]), {"do": "accept", "choose": "1"}, follow=True)
    assert "请勾选来参加的人" in answer.text
    assert statuses(offered) == ["offered", "offered"]


def test_no_is_for_both_and_names_both(client: Client, offered: list[SignUp]) -> None:
    answer = {"do": "give_back", "choose": "1", "who": ids(*offered)}
    page = client.post(link(offered[1]), answer, follow=True).text
    assert "陈*城、梁*英" in page
    assert statuses(offered) == ["cancelled", "cancelled"]


def test_strangers_ticked_in_a_forged_form_come_to_nothing(
    activity: Activity, offered: list[SignUp]
) -> None:
    (other,) = fill(activity, 1)
    given = {"sign_up": offered[0], "by": None, "now": NOW, "coming": {other.resident_id}}
    assert code_of(lambda: offers.accept_offer(**given)) == "nobody"
    assert statuses([*offered, other]) == ["offered", "offered", "waiting"]


def test_my_page_and_the_lectures_page_ask_once_for_both(
    offered: list[SignUp], stranger: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(stranger)
    for address in ("/me/", f"/lectures/{offered[0].activity_id}/"):
        page = client.get(address).text
        assert page.count('name="choose"') == 1, address
        assert page.count('name="who"') == 2, address
    form = {"resident": offered[0].resident_id, "choose": "1", "who": ids(offered[0])}
    client.post(f"/activities/{offered[0].activity_id}/accept/", form)
    assert statuses(offered) == ["seated", "cancelled"]


# --- Giving back -----------------------------------------------------------------------


@pytest.mark.parametrize("chosen", [[0], [1], [0, 1]])
def test_of_two_seats_those_go_back_that_are_ticked(
    client: Client, offered: list[SignUp], chosen: list[int]
) -> None:
    offers.accept_offer(sign_up=offered[0], by=None, now=NOW)
    page = client.get(link(offered[0])).text
    assert "谁来不了？" in page
    form = {"do": "give_back", "choose": "1", "who": ids(*(offered[one] for one in chosen))}
    client.post(link(offered[0]), form)
    expected = ["cancelled" if one in chosen else "seated" for one in range(2)]
    assert statuses(offered) == expected


def test_nobody_ticked_gives_nothing_back(offered: list[SignUp]) -> None:
    offers.accept_offer(sign_up=offered[0], by=None, now=NOW)
    own = SignUp.objects.get(pk=offered[0].pk)
    with pytest.raises(Refused, match="请勾选谁来不了"):
        parties.give_back(sign_up=own, leaving=set(), by=None, now=NOW)


def test_whoever_gives_back_reads_it_so_and_whoever_is_taken_off_reads_that(
    activity: Activity, offered: list[SignUp], stranger: User, staff_user: User
) -> None:
    offers.accept_offer(sign_up=offered[0], by=None, now=NOW)
    own, relative = (row.resident for row in offered)
    seats.cancel_sign_up(activity=activity, resident=own, by=staff_user, now=NOW)
    seats.cancel_sign_up(activity=activity, resident=relative, by=stranger, now=NOW)
    assert told(activity)[-2:] == [("taken_off", own.pk), ("cancelled", relative.pk)]
    said = Notice.objects.get(kind="activities.cancelled", channel="sms")
    text = render(said, "zh-hans")
    for words in (text.title, text.body, text.sms):
        assert "取消" not in words
    assert "照常" in text.body


# --- The queue -------------------------------------------------------------------------


def test_nobody_stands_behind_for_what_another_of_the_family_missed(
    activity: Activity, couple: list[Resident], monkeypatch: pytest.MonkeyPatch
) -> None:
    late, other = couple
    Resident.objects.filter(pk=other.pk).update(birth_date=date(1960, 1, 1))
    behind: set[int] = {late.pk}
    monkeypatch.setattr(
        "diedie_edu.activities.queries.no_shows.put_behind_among",
        lambda residents, _now: [pk for pk in residents if pk in behind],
    )
    rows = parties.sign_up_together(activity=activity, residents=couple, by=None, now=NOW)
    assert not SignUp.objects.filter(pk__in=[row.pk for row in rows], is_deferred=True).exists()
    parties.give_back(sign_up=rows[0], leaving={late.pk, other.pk}, by=None, now=NOW)
    behind.add(other.pk)
    again = parties.sign_up_together(
        activity=activity, residents=couple, by=None, now=NOW + timedelta(hours=1)
    )
    assert all(SignUp.objects.get(pk=row.pk).is_deferred for row in again)
