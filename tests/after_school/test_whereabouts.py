"""Where a child is that has not come: by a link without signing in, on the page, or from a call."""

from datetime import timedelta

import pytest
from django.urls import reverse

from after_school.actions import absences, missing
from after_school.actions.presence import let_in
from after_school.models import (
    Absence,
    Presence,
    PresenceEvent,
    Whereabouts,
)
from after_school.queries.expected import awaited_at
from after_school.queries.sessions import Stand, register_of
from diedie_edu.common.links import token
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import TODAY
from tests.support.afternoons import at, desk_of, told
from tests.support.answers import bar
from tests.support.refusals import code_of

pytestmark = pytest.mark.django_db
Said = Whereabouts.Said


def stand(session, now) -> Stand:
    return register_of(session, now)[0].stand


no_more = pytest.mark.usefixtures("_no_more")


def link_of(alarm: Notice) -> str:
    return render(alarm, "zh-hans").path


# --- By the link -----------------------------------------------------------------------


def test_the_link_of_the_alarm_opens_without_signing_in_and_changes_nothing(alarm, client):
    page = client.get(link_of(alarm))
    assert "在我身边" in page.content.decode()
    assert client.head(link_of(alarm)).status_code == 200
    assert not Whereabouts.objects.exists()
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(
    ("said", "stands"),
    [("with_me", Stand.ABSENT), ("on_the_way", Stand.TO_COME), ("not_coming", Stand.ABSENT)],
)
def test_one_tap_answers(alarm, client, session, mother, father, staff_user, said, stands):
    client.post(link_of(alarm), {"said": said})
    answer = Whereabouts.objects.get()
    assert (answer.said, answer.who, answer.way) == (said, mother.display_name, "link")
    assert stand(session, at(16, 52)) == stands
    event = PresenceEvent.objects.get(what="said")
    assert (event.by, event.detail) == (
        mother,
        f"{mother.display_name}: {answer.get_said_display()}",
    )
    assert [row.recipient for row in told("where_for_family")] == [father.resident]
    assert staff_user in {row.account for row in told("where_for_staff")}
    assert not told("missing")
    assert not told("missing_for_staff")
    assert answer.get_said_display() in client.get(link_of(alarm)).content.decode()


def test_the_same_twice_is_one_and_another_answer_is_the_last(alarm, say):
    say(Said.ON_THE_WAY)
    say(Said.ON_THE_WAY, now=at(16, 57))
    assert PresenceEvent.objects.filter(what="said").count() == 1
    assert Whereabouts.objects.get().said_at == at(16, 55)
    say(Said.NOT_COMING)
    say(Said.WITH_ME, now=at(17))
    assert Whereabouts.objects.get().said == "with_me"
    assert not Absence.objects.filter(taken_back_at=None).exists()


def test_not_coming_today_is_an_absence_of_the_day(alarm, say, session):
    say(Said.NOT_COMING)
    absence = Absence.objects.get()
    assert (absence.first_day, absence.last_day) == (TODAY, TODAY)
    assert not awaited_at(session).exists()


def test_with_me_ends_the_search(alarm, say, session):
    say(Said.WITH_ME)
    assert not awaited_at(session).exists()
    assert missing.plan_missing(at(18, 30)) == 0


def test_on_the_way_is_awaited_and_missing_once_more(alarm, say, session, settings):
    settings.SCHOOL_ON_THE_WAY_MINUTES = 15
    say(Said.ON_THE_WAY)
    assert awaited_at(session).exists()
    assert missing.plan_missing(at(17, 9)) == 0
    assert missing.plan_missing(at(17, 10)) == 1
    assert missing.plan_missing(at(17, 11)) == 0
    assert stand(session, at(17, 11)) == Stand.MISSING
    assert len(told("missing")) == 1
    say(Said.ON_THE_WAY, now=at(17, 12))
    assert stand(session, at(17, 13)) == Stand.TO_COME
    assert missing.plan_missing(at(19, 40)) == 1


def test_told_before_the_alarm_nobody_is_alarmed_until_it_is_late(session, say):
    say(Said.ON_THE_WAY, now=at(16, 40))
    assert missing.plan_missing(at(16, 55)) == 0
    assert missing.plan_missing(at(17, 0)) == 1


def test_who_comes_after_all_is_awaited(alarm, say, session, mother):
    say(Said.NOT_COMING)
    absences.take_back_absence(absence=Absence.objects.get(), by=mother, now=at(17))
    assert Whereabouts.objects.get().said == "on_the_way"
    assert stand(session, at(17, 5)) == Stand.TO_COME
    assert missing.plan_missing(at(17, 20)) == 1


# --- Who is believed -------------------------------------------------------------------


@no_more
@pytest.mark.parametrize("said", Said.values)
def test_who_may_not_answer_alarms_the_staff_and_the_child_stays_missing(
    alarm, client, session, staff_user, said
):
    client.post(link_of(alarm), {"said": said})
    client.post(link_of(alarm), {"said": said})
    assert not Whereabouts.objects.exists()
    assert not Absence.objects.exists()
    assert stand(session, at(16, 52)) == Stand.MISSING
    assert len(told("not_believed", account=staff_user)) == 1
    assert Notice.objects.filter(kind="after_school.not_believed", channel="desk").count() == 1
    assert PresenceEvent.objects.filter(what="unbelieved").count() == 1


@no_more
def test_who_may_not_answer_reads_nothing_of_the_child(
    alarm, client, enrolment, homework, session, staff_user
):
    let_in(session=session, enrolment=enrolment, zone=homework, by=staff_user, now=at(17))
    page = client.get(link_of(alarm)).content.decode()
    answer = client.post(link_of(alarm), {"said": "with_me"}, follow=True).content.decode()
    assert "17:00" not in page + answer
    assert "您的孩子到了" not in page + answer
    assert not told("not_believed")


def test_only_who_decides_says_that_it_does_not_come(alarm, say, father, client, enrolment):
    assert code_of(lambda: say(Said.NOT_COMING, by=father)) == "decides_not"
    own = token("missing", Presence.objects.get().pk, father.resident.pk)
    page = client.get(reverse("after_school:where_by_link", args=[own])).content.decode()
    assert "在路上" in page
    assert "今天不来" not in page
    say(Said.WITH_ME, by=father)
    assert Whereabouts.objects.get().guardian == father.resident


# --- When ------------------------------------------------------------------------------


def test_an_old_link_says_kindly_that_it_is_of_another_day(alarm, client, frozen):
    frozen(at(16, 51) + timedelta(days=1))
    assert "这是另一天的消息" in client.get(link_of(alarm)).content.decode()
    client.post(link_of(alarm), {"said": "with_me"})
    assert not Whereabouts.objects.exists()


def test_it_is_answered_until_the_day_ends_and_not_before_it_begins(session, say):
    assert code_of(lambda: say(Said.WITH_ME, now=at(16, 29))) == "day"
    say(Said.WITH_ME, now=at(23, 59))


def test_who_has_come_is_not_searched_for(alarm, say, session, enrolment, homework, staff_user):
    let_in(session=session, enrolment=enrolment, zone=homework, by=staff_user, now=at(17))
    assert code_of(lambda: say(Said.NOT_COMING, now=at(17, 1))) == "came"


def test_after_a_dozen_answers_only_a_call_helps(alarm, say):
    for number in range(12):
        say(Said.values[number % 2], now=at(17, number))
    assert code_of(lambda: say(Said.NOT_COMING, now=at(17, 30))) == "often"


def test_a_forged_link_is_counted_and_stopped(client, settings):
    settings.LINK_MISSES = 1
    forged = reverse("after_school:where_by_link", args=["1-2-" + "0" * 32])
    assert client.get(forged).status_code == 404
    assert client.get(forged).status_code == 429


# --- On the page, and from a call ------------------------------------------------------


def test_the_guardians_page_has_the_same_buttons(alarm, client, mother, enrolment):
    client.force_login(mother)
    page = reverse("after_school:child", args=[enrolment.child_id])
    assert "点一下，工作人员就知道" in client.get(page).content.decode()
    client.post(reverse("after_school:where", args=[enrolment.child_id]), {"said": "on_the_way"})
    assert Whereabouts.objects.get().way == "page"
    assert "在路上" in client.get(page).content.decode()


def test_staff_note_a_call_with_who_said_it(alarm, client, staff_user, session, enrolment, mother):
    client.force_login(staff_user)
    page = reverse("after_school:session_child", args=[session.pk, enrolment.child_id])
    assert "记下电话里怎么说" in client.get(page).content.decode()
    note = reverse("after_school:where_noted", args=[session.pk, enrolment.child_id])
    client.post(note, {"said": "on_the_way", "who": "外婆"})
    answer = Whereabouts.objects.get()
    assert (answer.who, answer.noted_by, answer.way) == ("外婆", staff_user, "call")
    assert [row.recipient for row in told("where_for_family")] == [mother.resident]
    register = client.get(reverse("after_school:session", args=[session.pk])).content.decode()
    assert "外婆 16:51 说：“在路上”" in register


def test_what_a_barred_person_says_in_a_call_ends_no_search(
    alarm, client, staff_user, session, enrolment, mother
):
    bar(enrolment.child, staff_user)
    client.force_login(staff_user)
    note = reverse("after_school:where_noted", args=[session.pk, enrolment.child_id])
    page = client.post(note, {"said": "with_me", "who": mother.display_name})
    assert "已被禁止接这个孩子" in page.content.decode()
    assert not Whereabouts.objects.exists()


def test_the_desk_says_who_said_it(alarm, say, staff_user, mother):
    say(Said.ON_THE_WAY)
    lines = [row.text for row in desk_of(staff_user, at(17))]
    assert f"陈小宝：“在路上”（{mother.display_name}，16:55）" in lines
