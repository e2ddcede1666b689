"""E-mail: whoever chose it gets every message so too, once, and nobody else does."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core import mail

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import SEATED
from diedie_edu.notices import outbox
from diedie_edu.notices.actions import notify
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from happy_square.meet_up_messages import WEEK
from tests.notices.conftest import FACTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
Make = Callable[..., Resident]


def tell(now: datetime, *people: Resident, **more: object) -> None:
    given = {"kind": SEATED, "subject": "activity:7", "data": FACTS, "now": now} | more
    notify(recipients=[person.pk for person in people], **given)
    outbox.deliver()


def test_whoever_chose_e_mail_gets_one(make_resident: Make, now: datetime) -> None:
    chose = make_resident(email="li@example.org", wants_email=True)
    for _again in range(2):
        tell(now, chose)
    (letter,) = mail.outbox
    notice = Notice.objects.get(channel="email")
    assert (letter.to, notice.status) == (["li@example.org"], "sent")
    assert "春季养生" in letter.subject
    assert letter.content_subtype == "plain"
    assert not getattr(letter, "alternatives", [])
    assert letter.extra_headers["Message-ID"].startswith("<")
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    for words in ("/m/", "/me/details/", "电子邮件"):
        assert words in letter.body


@pytest.mark.parametrize(
    "wish", [{"wants_email": False, "email": "li@example.org"}, {"wants_email": True}]
)
def test_nobody_else_does_and_no_row_is_made(
    make_resident: Make, wish: dict, now: datetime
) -> None:
    tell(now, make_resident(phone="13800138000", **wish))
    assert not mail.outbox
    assert sorted(Notice.objects.values_list("channel", flat=True)) == ["inbox", "sms"]


def test_a_wish_that_changes_before_it_goes_out_counts(make_resident: Make, now: datetime) -> None:
    person = make_resident(email="li@example.org")
    notify(kind=SEATED, recipients=[person.pk], subject="activity:7", data=FACTS, now=now)
    Resident.objects.filter(pk=person.pk).update(wants_email=False)
    outbox.deliver()
    assert not mail.outbox
    assert Notice.objects.get(channel="email").status == "suppressed"


def test_staff_hear_so_too_by_the_person_behind_the_account(
    staff_user: User, now: datetime
) -> None:
    Resident.objects.filter(account=staff_user).update(email="wang@example.org")
    tell(now, accounts=[staff_user.pk])
    assert [letter.to for letter in mail.outbox] == [["wang@example.org"]]


def test_what_rings_no_phone_is_written_all_the_same(make_resident: Make, now: datetime) -> None:
    tell(now, make_resident(email="li@example.org", phone="13800138000"), kind=WEEK)
    assert [letter.to for letter in mail.outbox] == [["li@example.org"]]
    assert not Notice.objects.filter(channel="sms").exists()


def test_an_e_mail_is_in_the_readers_language(stranger: User, now: datetime) -> None:
    User.objects.filter(pk=stranger.pk).update(language="en")
    Resident.objects.filter(account=stranger).update(email="li@example.org")
    tell(now, stranger.resident)
    (letter,) = mail.outbox
    assert "You chose to have messages by e-mail" in letter.body
    assert "电子邮件" not in letter.body
