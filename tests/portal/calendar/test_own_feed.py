"""A person's own dates in their own calendar: theirs, nobody else's, and no names."""

import re
from datetime import UTC, time

import pytest
from django.http import HttpResponse
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions import schedule, seats
from diedie_edu.activities.models import CalendarFeed, SignUp
from diedie_edu.common.days import moment
from diedie_edu.people.models import Household, Resident, Volunteer
from diedie_edu.portal.calendar.actions import renew_feed, revoke_feed
from tests.conftest import NOW, SATURDAY
from tests.support.counting import queries_of
from tests.support.duties import on_duty
from tests.support.merging import merged
from tests.support.seats import enter, fill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def relative(resident_user: User) -> Resident:
    """Somebody of the household without an account."""
    home = Household.objects.create(label="12-3-501")
    Resident.objects.filter(account=resident_user).update(household=home)
    return Resident.objects.create(full_name="陈小宝", household=home)


def test_holds_what_one_has_signed_up_for(resident_user, make_lecture, feed_of, events_at):
    lecture = make_lecture(title="书法")
    make_lecture(title="不相干")
    enter(lecture, resident_user.resident)
    (event,) = events_at(feed_of(resident_user))
    assert (event["summary"], event["status"]) == ("书法", "CONFIRMED")
    assert event.start == moment(SATURDAY, time(9, 30)).astimezone(UTC)
    assert event.end == moment(SATURDAY, time(11, 0)).astimezone(UTC)
    assert event["url"].endswith(f"/activities/{lecture.pk}/")


def test_a_place_that_is_offered_is_tentative(resident_user, make_lecture, feed_of, events_at):
    lecture = make_lecture(title="书法", capacity=1)
    (holder,) = fill(lecture, 1)
    enter(lecture, resident_user.resident)
    seats.cancel_sign_up(activity=lecture, resident=holder.resident, by=None, now=NOW)
    (event,) = events_at(feed_of(resident_user))
    assert event["status"] == "TENTATIVE"
    assert str(SignUp.Status.OFFERED.label) in event["summary"]


def test_never_holds_what_is_other_peoples(
    resident_user, stranger, relative, make_user, make_lecture, feed_of, events_at
):
    grown_up = make_user()
    Resident.objects.filter(account=grown_up).update(household=relative.household)
    for person in (stranger.resident, grown_up.resident):
        enter(make_lecture(), person)
    assert events_at(feed_of(resident_user)) == []


def test_holds_the_dates_of_those_one_acts_for_without_their_names(
    resident_user, relative, make_lecture, feed_of, events_at
):
    enter(make_lecture(), relative)
    url = feed_of(resident_user)
    (event,) = events_at(url)
    text = Client().get(url).content.decode()
    assert "1" in event["description"]
    for secret in (relative.full_name, resident_user.display_name, resident_user.phone, "12-3-501"):
        assert secret not in text


def test_whoever_leaves_the_household_leaves_the_feed(
    resident_user, relative, make_lecture, feed_of, events_at
):
    enter(make_lecture(), relative)
    url = feed_of(resident_user)
    Resident.objects.filter(pk=relative.pk).update(household=None)
    assert events_at(url) == []


def test_says_who_waits_and_forgets_who_gave_the_place_back(
    resident_user, make_lecture, feed_of, events_at
):
    lecture = make_lecture(title="书法", capacity=1)
    fill(lecture, 1)
    enter(lecture, resident_user.resident)
    url = feed_of(resident_user)
    (event,) = events_at(url)
    assert event["status"] == "TENTATIVE"
    assert event["summary"] != "书法"
    assert "书法" in event["summary"]
    seats.cancel_sign_up(
        activity=lecture, resident=resident_user.resident, by=resident_user, now=NOW
    )
    assert events_at(url) == []


def test_two_of_a_family_at_one_lecture_are_one_date(
    resident_user, relative, make_lecture, feed_of, events_at
):
    lecture = make_lecture()
    enter(lecture, resident_user.resident)
    enter(lecture, relative)
    (event,) = events_at(feed_of(resident_user))
    assert len(event["description"].splitlines()) == 3


def test_holds_a_volunteers_duties(resident_user, stranger, make_lecture, feed_of, events_at):
    lecture = make_lecture(title="书法")
    make_lecture(state="draft")
    for user in (resident_user, stranger):
        volunteer = Volunteer.objects.create(resident=user.resident, kinds=["expert"])
        on_duty(lecture.occasion, volunteer)
    (event,) = events_at(feed_of(resident_user))
    assert (event["summary"], event["status"]) == ("书法", "CONFIRMED")


def test_a_move_keeps_the_uid_and_raises_the_sequence(
    resident_user, staff_user, make_lecture, make_venue, feed_of, events_at
):
    lecture, starts_at = make_lecture(), moment(SATURDAY, time(14, 0))
    enter(lecture, resident_user.resident)
    url = feed_of(resident_user)
    (before,) = events_at(url)
    schedule.move_occasion(
        occasion=lecture.occasion,
        starts_at=starts_at,
        ends_at=moment(SATURDAY, time(15, 0)),
        venue=make_venue(),
        by=staff_user,
        now=NOW,
    )
    (after,) = events_at(url)
    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after.start == starts_at


def test_what_is_called_off_is_cancelled_and_stays(
    resident_user, staff_user, make_lecture, feed_of, events_at
):
    lecture = make_lecture(title="书法")
    enter(lecture, resident_user.resident)
    url = feed_of(resident_user)
    (before,) = events_at(url)
    schedule.call_off(activity=lecture, reason="台风", by=staff_user, now=NOW)
    (after,) = events_at(url)
    assert (after["status"], after["uid"]) == ("CANCELLED", before["uid"])
    assert after["sequence"] > before["sequence"]
    assert after["summary"] != "书法"
    assert "台风" in after["description"]


def test_what_is_unchanged_is_not_sent_again(resident_user, make_lecture, feed_of):
    client, url = Client(), feed_of(resident_user)
    etag = client.get(url).headers["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    enter(make_lecture(), resident_user.resident)
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


def test_no_cache_between_may_keep_it(resident_user, feed_of):
    assert "private" in Client().get(feed_of(resident_user)).headers["Cache-Control"]


def test_speaks_the_language_of_the_account(resident_user, feed_of):
    User.objects.filter(pk=resident_user.pk).update(language="en")
    answer = Client().get(feed_of(resident_user), headers={"Accept-Language": "zh-hans"})
    assert "My dates in the community" in answer.content.decode()


def test_a_wrong_a_renewed_and_a_revoked_token_are_all_the_same(resident_user, feed_of):
    renewed = feed_of(resident_user)
    revoked = feed_of(resident_user)
    revoke_feed(by=resident_user)
    addresses = [renewed, revoked, "/calendar/feeds/no-such-token.ics"]
    answers = {url: Client().get(url) for url in addresses}
    assert [answer.status_code for answer in answers.values()] == [404, 404, 404]
    assert len({page_without(url, answer) for url, answer in answers.items()}) == 1


def test_the_address_of_an_account_merged_into_another_shows_that_ones_dates(
    resident_user, stranger, make_lecture, feed_of, events_at
):
    address = feed_of(resident_user)
    Resident.objects.filter(account=resident_user).update(account=None)
    merged(resident_user, stranger)
    enter(make_lecture(title="书法"), stranger.resident)
    assert [event["summary"] for event in events_at(address)] == ["书法"]
    renew_feed(by=stranger, now=NOW)
    assert Client().get(address).status_code == 404


def page_without(url: str, answer: HttpResponse) -> str:
    """The page but for its own address and the token of its forms, which differ anyway."""
    page = answer.content.decode().replace(url, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_a_closed_account_has_no_feed(resident_user, feed_of):
    url = feed_of(resident_user)
    User.objects.filter(pk=resident_user.pk).update(is_active=False)
    assert Client().get(url).status_code == 404


def test_the_token_itself_is_kept_nowhere(resident_user):
    token = renew_feed(by=resident_user, now=NOW)
    kept = CalendarFeed.objects.get(account=resident_user)
    assert token not in str(vars(kept))
    assert len(kept.digest) == 64


def test_feeds_outlive_a_change_of_the_secret_key(resident_user, feed_of, settings):
    url = feed_of(resident_user)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key " * 6
    assert Client().get(url).status_code == 200


def test_costs_the_same_with_one_date_and_with_three(
    resident_user, relative, make_lecture, feed_of
):
    url = feed_of(resident_user)
    enter(make_lecture(), resident_user.resident)
    for_one = queries_of(Client(), url)
    for _more in range(2):
        enter(make_lecture(), relative)
    assert queries_of(Client(), url) == for_one
