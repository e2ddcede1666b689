"""A word to everybody: looked at first, sent once, read without signing in."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.activities.actions.words import Word, send_word
from diedie_edu.activities.models import Activity, SignUp, WordToAll
from diedie_edu.activities.queries.words import reach_of
from diedie_edu.common.links import token
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from diedie_edu.programmes.models import Programme
from residents_school.models import Lecture
from tests.conftest import NOW
from tests.support.counting import queries_of
from tests.support.races import together
from tests.support.refusals import code_of
from tests.support.seats import fill, make_residents

pytestmark = pytest.mark.django_db
TEXT = "请带一把剪刀来。"


@pytest.fixture
def lecture(make_lecture: Callable[..., Lecture]) -> Activity:
    return Activity.objects.get(pk=make_lecture(capacity=2).pk)


@pytest.fixture
def desk(as_user: Callable[[User], Client], staff_user: User, clock: object) -> Client:
    return as_user(staff_user)


def door(lecture: Activity) -> str:
    return reverse("activities:word_to_all", args=[lecture.pk])


def words(people: list[Resident], **more: object) -> Word:
    usual = {"programme": "residents-school", "about": "activity:1", "title": "讲座", "text": TEXT}
    ids = {"people": [one.pk for one in people], "key": uuid4()}
    return Word(**usual | ids | {"expires_at": NOW + timedelta(days=7)} | more)


def test_staff_see_how_many_it_reaches_before_it_goes_out(desk: Client, lecture: Activity) -> None:
    first = fill(lecture, 3)[0].resident
    first.phone = "13812345678"
    first.save()
    form = {"text": TEXT, "whom": "seats", "key": uuid4()}
    page = desk.post(door(lecture), form)
    reach = page.context["reach"]
    assert [len(reach.people), len(reach.without_phone), len(reach.to_call)] == [2, 1, 1]
    assert "街坊1" in page.text
    assert not Notice.objects.filter(kind="activities.word").exists()
    assert desk.post(door(lecture), form | {"edit": "1"}).context["form"]["text"].value() == TEXT
    answer = desk.post(door(lecture), form | {"send": "1"})
    assert answer.url == reverse("activities:people", args=[lecture.pk])
    told = Notice.objects.filter(kind="activities.word", channel="inbox")
    seated = SignUp.objects.filter(status="seated").values_list("resident", flat=True)
    assert {row.recipient_id for row in told} == set(seated)


def test_the_same_form_sent_twice_sends_once(desk: Client, lecture: Activity) -> None:
    fill(lecture, 3)
    form = {"text": TEXT, "whom": "queue", "key": uuid4(), "send": "1"}
    for _time in range(2):
        assert desk.post(door(lecture), form).status_code == 302
    assert WordToAll.objects.get().people == 3
    assert Notice.objects.filter(kind="activities.word", channel="inbox").count() == 3


def test_the_same_words_in_another_form_are_refused_for_a_day(
    staff_user: User, programme: Programme
) -> None:
    people = make_residents(1)
    send_word(word=words(people), by=staff_user, now=NOW)
    again = {"by": staff_user, "now": NOW + timedelta(hours=1)}
    assert code_of(partial(send_word, word=words(people), **again)) == "same"
    assert code_of(partial(send_word, word=words(people, text=" "), **again)) == "empty"
    send_word(word=words(people), by=staff_user, now=NOW + timedelta(days=2))
    send_word(word=words(people, about="activity:2"), by=staff_user, now=NOW)
    assert WordToAll.objects.count() == 3


def test_nobody_signed_up_is_said(desk: Client, lecture: Activity) -> None:
    form = {"text": TEXT, "whom": "seats", "key": uuid4(), "send": "1"}
    assert "还没有人" in desk.post(door(lecture), form).text
    assert not WordToAll.objects.exists()


def test_its_page_opens_from_the_message_alone(
    client: Client, lecture: Activity, staff_user: User, clock: object
) -> None:
    about = {"about": f"activity:{lecture.pk}"}
    sent = send_word(word=words(make_residents(1), **about), by=staff_user, now=NOW)
    page = client.get(reverse("activities:word", args=[token("staff_word", sent.pk)]))
    assert TEXT in page.text
    assert reverse("portal:activity", args=[lecture.pk]) in page.text
    for wrong in (token("sign_up", sent.pk), token("staff_word", sent.pk + 1)):
        assert client.get(reverse("activities:word", args=[wrong])).status_code == 404


def test_who_is_reached_costs_the_same_for_one_and_three(
    desk: Client, lecture: Activity, django_assert_num_queries: Callable
) -> None:
    one, three = make_residents(1), make_residents(3)
    for people in (one, three):
        with django_assert_num_queries(3):
            reach_of([person.pk for person in people])
    fill(lecture, 1)
    before = queries_of(desk, door(lecture))
    fill(lecture, 1)
    assert queries_of(desk, door(lecture)) == before


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_send_once(staff_user: User, programme: Programme) -> None:
    word = words(make_residents(3))

    def send() -> int:
        return send_word(word=word, by=staff_user, now=NOW).pk

    assert len(set(together(*[send] * 6))) == 1
    assert Notice.objects.filter(kind="activities.word", channel="inbox").count() == 3
