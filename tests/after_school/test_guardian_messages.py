"""Short messages from guardians to the staff: until they are seen they stand on the register."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse

from after_school.actions.guardian_messages import see_message, write_message
from after_school.actions.presence import let_in
from after_school.models import Absence, GuardianMessage, GuardianRight
from diedie_edu.common.errors import constraint_of
from diedie_edu.notices.models import Notice
from tests.after_school.conftest import TODAY
from tests.support.afternoons import at, desk_of
from tests.support.answers import bar
from tests.support.races import together
from tests.support.refusals import code_of, guard_that_stops

pytestmark = pytest.mark.django_db
OWN = {"what": "own", "text": "外公来接，戴灰帽子"}


@pytest.fixture
def write(session, enrolment, mother):
    def write(what="late_15", text="", now=at(17), session=session):  # noqa: B008
        right = GuardianRight.objects.get(guardian=mother.resident)
        where = {"session": session, "enrolment": enrolment, "right": right}
        return write_message(**where, what=what, text=text, now=now)

    return write


def page_of(client, user, name, *args) -> str:
    client.force_login(user)
    return client.get(reverse(f"after_school:{name}", args=args)).content.decode()


def test_it_stands_on_the_register_until_staff_have_seen_it(
    session, enrolment, mother, staff_user, client, frozen
):
    frozen(at(17))
    child, register = enrolment.child_id, ("session", session.pk)
    client.force_login(mother)
    client.post(reverse("after_school:message_write", args=[child]), OWN)
    message = GuardianMessage.objects.get()
    assert "工作人员还没看到" in page_of(client, mother, "child", child)
    assert page_of(client, staff_user, *register).count(OWN["text"]) == 3
    assert OWN["text"] in page_of(client, staff_user, "session_child", session.pk, child)
    frozen(at(18, 42))
    seen = reverse("after_school:message_seen", args=[session.pk, message.pk])
    assert client.post(seen).url == reverse("after_school:session", args=[session.pk])
    assert OWN["text"] not in page_of(client, staff_user, *register)
    assert OWN["text"] in page_of(client, staff_user, "session_child", session.pk, child)
    assert "18:42 工作人员已看到" in page_of(client, mother, "child", child)


def test_the_first_who_sees_it_counts(write, staff_user, make_user):
    message = write()
    see_message(message=message, by=staff_user, now=at(17, 5))
    see_message(message=message, by=make_user(), now=at(17, 6))
    message.refresh_from_db()
    assert (message.seen_by, message.seen_at) == (staff_user, at(17, 5))


def test_the_same_that_nobody_has_seen_yet_is_one(write, staff_user):
    assert write() == write(now=at(17, 1))
    see_message(message=write(), by=staff_user, now=at(17, 2))
    assert write(now=at(17, 3)).seen_at is None
    assert GuardianMessage.objects.count() == 2


def test_own_words_are_sealed_and_are_asked_for(write, client, mother, enrolment, frozen):
    write(**OWN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM after_school_guardianmessage")
        assert "外公" not in cursor.fetchone()[0]
    frozen(at(17))
    client.force_login(mother)
    address = reverse("after_school:message_write", args=[enrolment.child_id])
    answer = client.post(address, {"what": "own", "text": " "}, follow=True)
    assert "请用几个字写下" in answer.content.decode()
    client.post(address, {"what": "own", "text": "长" * 81})
    assert GuardianMessage.objects.count() == 1


def test_six_a_day_and_then_a_call(write):
    for number in range(6):
        write(**OWN | {"text": f"{number}"})
    assert code_of(partial(write, what="late_30")) == "many"


def test_it_is_of_a_child_who_is_awaited_or_inside(
    write, session, enrolment, mother, homework, staff_user
):
    assert code_of(partial(write, now=at(17) + timedelta(days=1))) == "not_today"
    told = {"first_day": TODAY, "last_day": TODAY, "reported_by": mother, "reported_at": at(12)}
    absence = Absence.objects.create(enrolment=enrolment, **told)
    assert code_of(write) == "not_today"
    absence.delete()
    write(now=at(9))
    let_in(session=session, enrolment=enrolment, zone=homework, by=staff_user, now=at(17))
    write(what="late_30", now=at(18, 30))


def test_nobody_writes_to_a_closed_afternoon(write, session, staff_user):
    closed = {"closed_at": at(17), "closed_by": staff_user}
    type(session).objects.filter(pk=session.pk).update(state="closed", **closed)
    assert code_of(write) == "not_today"


def test_who_is_barred_writes_nothing(write, child, staff_user, mother, client, frozen):
    frozen(at(17))
    address = reverse("after_school:message_write", args=[child.pk])
    assert address in page_of(client, mother, "child", child.pk)
    bar(child, staff_user)
    assert code_of(write) == "barred"
    assert address not in page_of(client, mother, "child", child.pk)


def test_the_desk_counts_what_nobody_has_seen(write, staff_user):
    write()
    lines = [row.text for row in desk_of(staff_user, at(17))]
    assert "有 1 条家长留话还没看。" in lines
    assert not Notice.objects.filter(account=staff_user).exists()


# --- What the database holds -----------------------------------------------------------


@pytest.fixture
def row(write, mother):
    presence = write().presence

    def row(**fields):
        facts = {"presence": presence, "guardian": mother.resident, "what": "late_30"}
        return partial(GuardianMessage.objects.create, sent_at=at(17), **facts | fields)

    return row


@pytest.mark.parametrize(
    ("fields", "guard"),
    [
        ({"what": "own"}, "guardian_message_says_one_thing"),
        ({"text": "x"}, "guardian_message_says_one_thing"),
        ({"seen_at": at(18)}, "a_message_is_seen_by_somebody_after_it_was_sent"),
        ({"guardian": None}, "who_speaks_for_a_child_answers_for_it"),
    ],
)
def test_the_database_knows_what_can_be_written(row, fields, guard):
    assert guard_that_stops(row(**fields)) == guard


def test_the_database_lets_nobody_barred_write(row, child, staff_user):
    bar(child, staff_user)
    assert guard_that_stops(row()) == "who_speaks_for_a_child_answers_for_it"


def test_what_was_written_stays(row):
    change = partial(GuardianMessage.objects.update, what="call_me")
    assert guard_that_stops(change) == "what_a_guardian_wrote_stays"


def test_a_message_is_marked_as_seen_by_saving_its_whole_row(write, staff_user):
    """`save()` writes every column, the guarded ones too."""
    message = write()
    message.seen_at, message.seen_by = at(18), staff_user
    message.save()


@pytest.mark.django_db(transaction=True)
def test_two_phones_at_once_write_six_messages(row):
    """Past the rules: the database counts one after the other."""
    for number in range(4):
        row(what="own", text=f"{number}")()
    at_once = [partial(guard_of, row(what="own", text=text)) for text in "ab"]
    assert sorted(map(str, together(*at_once))) == ["None", "a_guardian_writes_six_messages_a_day"]
    assert GuardianMessage.objects.count() == 6


def guard_of(make) -> str | None:
    try:
        make()
    except IntegrityError as error:
        return constraint_of(error)
    return None
