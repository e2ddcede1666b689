"""A phone changes while messages go out: after it the old number gets nothing."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import transaction
from django.test import Client

from diedie_edu.accounts.models import User
from diedie_edu.activities.messages import OFFERED
from diedie_edu.common.links import numbers_in
from diedie_edu.notices.kinds import render
from diedie_edu.notices.models import Channel, Notice, Status
from diedie_edu.notices.outbox import steps
from diedie_edu.notices.outbox.calls import deliver_by
from diedie_edu.notices.text_messages import key_of
from diedie_edu.people.actions import phones
from diedie_edu.people.models import PhoneChange, Resident
from tests.chaos.gateway import Gateway
from tests.notices.conftest import MOBILE
from tests.support.races import all_look_first, meanwhile, together
from tests.support.refusals import code_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clock")]
NEW = "13711110000"
FOR_EVER = float("inf")


def change(user: User, now: datetime, new: str = NEW) -> PhoneChange:
    return phones.begin(person=user, new_phone=new, how="code", by=user, now=now)


def send() -> int:
    return deliver_by(Channel.SMS, FOR_EVER)


def numbers(gateway: Gateway) -> list[str]:
    return [message["phone"] for message in gateway.messages]


def changes_in_between(user: User, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The phone changes after the address was looked up and before the call is begun."""
    start, done = steps.start, []

    def late(*args: object) -> object:
        if not done:
            done.append(change(user, now))
        return start(*args)

    monkeypatch.setattr(steps, "start", late)


def test_what_is_taken_up_already_goes_to_the_new_number(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime, monkeypatch
) -> None:
    user = make_notice().recipient.account
    changes_in_between(user, now, monkeypatch)
    send()
    assert numbers(gateway) == [NEW]
    assert Notice.objects.get().status == Status.SENT


def test_control_without_the_second_look_the_old_number_is_called(
    gateway: Gateway, make_notice: Callable[..., Notice], now: datetime, monkeypatch
) -> None:
    user = make_notice().recipient.account
    monkeypatch.setattr(steps, "_still_goes_to", lambda *_: True)
    changes_in_between(user, now, monkeypatch)
    send()
    assert numbers(gateway) == [MOBILE]


def test_a_change_waits_until_a_start_is_written(
    make_notice: Callable[..., Notice], now: datetime
) -> None:
    """So that whatever starts before it is known to have gone to the old number."""
    notice = make_notice()
    user, batch = notice.recipient.account, steps.claim(Channel.SMS, 1, now)
    with transaction.atomic():
        assert steps.start(notice, batch.lease, now)
        later = meanwhile(lambda: change(user, now))
        assert not later.done()
    assert later.result().done_at


def test_two_changes_at_once_leave_one_phone(make_user: Callable[..., User], now: datetime) -> None:
    user = make_user()
    together(*[lambda new=new: change(user, now, new) for new in (NEW, "13722220000")])
    account = User.objects.get(pk=user.pk)
    assert account.phone == Resident.objects.get(account=account).phone
    done = PhoneChange.objects.order_by("pk")
    assert [row.old_phone for row in done] == [user.phone, done[0].new_phone]


def test_control_without_the_lock_both_take_the_same_old_number(
    make_user: Callable[..., User], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_user()
    monkeypatch.setattr(phones, "_locked", lambda owner: owner)
    all_look_first(monkeypatch, phones, "is_taken", threads=2)
    together(*[lambda new=new: change(user, now, new) for new in (NEW, "13722220000")])
    assert {row.old_phone for row in PhoneChange.objects.all()} == {user.phone}


def test_two_people_never_take_one_number(make_user: Callable[..., User], now: datetime) -> None:
    users = [make_user(), make_user()]

    def take(user: User) -> str:
        return code_of(lambda: change(user, now)) or "done"

    found = together(*[lambda one=one: take(one) for one in users])
    assert sorted(found) == ["done", "phone_taken"]


# --- Links ----------------------------------------------------------------------------------


def test_links_that_went_to_the_old_number_end_with_it(
    gateway: Gateway, client: Client, make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice(kind=OFFERED.code)
    user, link = notice.recipient.account, f"/m/{key_of(notice.reference)}"
    send()
    opened = client.get(link)["Location"].split("/")[3]
    assert numbers_in(opened, "sign_up") == (9,)
    change(user, now)
    assert client.get(link).status_code == 404
    assert numbers_in(opened, "sign_up") is None, "nor from the browser's history"
    fresh = render(Notice.objects.get(pk=notice.pk), "en").path.split("/")[3]
    assert numbers_in(fresh, "sign_up") == (9,), "in the portal it stands anew"


def test_a_message_that_waits_keeps_its_link(
    gateway: Gateway, client: Client, make_notice: Callable[..., Notice], now: datetime
) -> None:
    notice = make_notice(kind=OFFERED.code)
    change(notice.recipient.account, now)
    send()
    assert numbers(gateway) == [NEW]
    assert client.get(f"/m/{key_of(notice.reference)}").status_code == 302
