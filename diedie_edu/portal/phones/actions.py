"""Changing a phone, with the messages to both numbers in the same transaction."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.errors import Refused
from diedie_edu.common.phones import is_mobile
from diedie_edu.notices.actions import notify
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.models import Channel
from diedie_edu.notices.phones import notify_phone
from diedie_edu.people.actions import phones
from diedie_edu.people.models import PhoneChange, Resident
from diedie_edu.portal.phones import messages

How = PhoneChange.How


@transaction.atomic
def change_by_code(*, user: User, new_phone: str, takes_along: bool, now: datetime) -> PhoneChange:
    """The owner has entered the code that went to the new number. Raises `Refused` as
    `phones.begin` does."""
    change = phones.begin(
        person=user, new_phone=new_phone, how=How.CODE, takes_along=takes_along, by=user, now=now
    )
    if change.is_open:
        _tell_phone(messages.OLD_WAITS, change, change.old_phone, now)
        _tell_phone(messages.NEW_WAITS, change, change.new_phone, now)
        _tell_owner(messages.NEW_WAITS, change, now)
    else:
        _tell_phone(messages.OLD_DONE, change, change.old_phone, now)
        _tell_new(change, now)
    return change


@transaction.atomic
def change_seen(
    *,
    person: Resident | User,
    new_phone: str,
    takes_along: bool,
    reason: str,
    by: User,
    now: datetime,
) -> PhoneChange:
    """Staff have the person before them. Raises `Refused` as `phones.begin` does."""
    change = phones.begin(
        person=person,
        new_phone=new_phone,
        how=How.SEEN,
        takes_along=takes_along,
        reason=reason,
        by=by,
        now=now,
    )
    _tell_phone(messages.OLD_SEEN, change, change.old_phone, now)
    _tell_new(change, now)
    return change


@transaction.atomic
def stop(*, change: PhoneChange, now: datetime) -> PhoneChange:
    """From the old number; staff hear of it, for one of the two is mistaken or worse. Raises
    `Refused` as `phones.stop` does."""
    stopped = phones.stop(change=change, now=now)
    _tell_phone(messages.STOPPED, stopped, stopped.new_phone, now)
    _tell_owner(messages.STOPPED, stopped, now)
    who, permission = stopped.resident or stopped.account, Permission.KEEP_PEOPLE
    path = reverse("portal:person_phone", args=[stopped.resident_id or 0])
    if stopped.resident is None:
        permission = Permission.KEEP_ACCOUNTS
        path = reverse("portal:account_phone", args=[stopped.account_id])
    notify(
        kind=messages.STOPPED_FOR_STAFF,
        accounts=list(accounts_with(permission).values_list("pk", flat=True)),
        subject=messages.CHANGE.of(stopped.pk),
        data={"name": str(who), "path": path},
        now=now,
    )
    return stopped


def put_due(now: datetime) -> int:
    """Carry out what was proved a day ago; returns how many messages that made. Safe twice and at
    once: each is looked at anew under its lock."""
    told = 0
    for change in phones.due(now):
        try:
            done = phones.put_in_force(change=change, now=now)
        except Refused:  # another tick, or its owner, was quicker
            continue
        if done.done_at:
            told += _tell_new(done, now)
        else:
            told += _tell_owner(messages.TAKEN, done, now, channels=(Channel.INBOX, Channel.SMS))
    phones.forget_numbers(now)
    return told


def _tell_new(change: PhoneChange, now: datetime) -> int:
    _tell_phone(messages.NEW_DONE, change, change.new_phone, now)
    return _tell_owner(messages.NEW_DONE, change, now)


def _tell_phone(kind: Kind, change: PhoneChange, phone: str, now: datetime) -> None:
    """By the number alone, whoever has it."""
    if is_mobile(phone):
        account = change.account
        notify_phone(
            kind=kind,
            phone=phone,
            language=account.language if account else settings.LANGUAGE_CODE,
            subject=messages.CHANGE.of(change.pk),
            data=_facts(change),
            now=now,
        )


def _tell_owner(
    kind: Kind, change: PhoneChange, now: datetime, channels: tuple[str, ...] = (Channel.INBOX,)
) -> int:
    """In the portal, where it stays to be read by whoever has an account."""
    if change.account_id is None:
        return 0
    own = [change.resident_id] if change.resident_id else []
    return notify(
        kind=kind,
        recipients=own,
        accounts=[] if own else [change.account_id],
        subject=messages.CHANGE.of(change.pk),
        data=_facts(change),
        now=now,
        channels=channels,
    )


def _facts(change: PhoneChange) -> dict[str, Any]:
    return {"phone_change": change.pk, "from_at": change.in_force_at.isoformat()}
