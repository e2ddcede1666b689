"""Enterprises, how many workers each may nominate, and the link to its own page.

Lock order: the year of the scheme → allotment → nominations → the rest.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment
from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.phones import notify_phone
from diedie_edu.people.models import Organisation
from edu_base import dream_messages as messages
from edu_base.models import Allotment, Enterprise, Scheme, SchemeYear
from edu_base.queries import nominations as queries
from edu_base.rules import nominations as rules
from edu_base.rules.credit_codes import clean_credit_code


@dataclass(frozen=True)
class Told:
    """What is known of an enterprise: its name, its credit code, whom to talk to."""

    title: str
    credit_code: str
    contact: str = ""
    phone: str = ""
    note: str = ""


@contextmanager
def said_in_words() -> Iterator[None]:
    """What the database refuses about enterprises and nominations, as `Refused`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = rules.refusal_by(constraint_of(error))
        if refusal is None:
            raise
        raise refusal from error


@transaction.atomic
def keep(*, told: Told, enterprise: Enterprise | None = None, now: datetime) -> Enterprise:
    """Enter an enterprise, or change what is known of it; an organisation of that name that is an
    enterprise becomes this one.

    Raises `Refused` as `clean_credit_code`, and `credit_code_known`, `title_of_another`.
    """
    code = clean_credit_code(told.credit_code)
    own = enterprise.organisation if enterprise else None
    organisation = own or _of_name(told.title) or Organisation()
    organisation.kind = Organisation.Kind.ENTERPRISE
    for name in ("title", "contact", "phone", "note"):
        setattr(organisation, name, getattr(told, name))
    if Organisation.objects.filter(title=told.title).exclude(pk=organisation.pk).exists():
        raise _title_of_another()
    organisation.save()
    kept = enterprise or Enterprise(organisation=organisation)
    kept.credit_code = code
    with said_in_words():
        kept.save()
    return kept


def _of_name(title: str) -> Organisation | None:
    found = Organisation.objects.filter(title=title).first()
    if found is not None and (
        found.kind != Organisation.Kind.ENTERPRISE or hasattr(found, "enterprise")
    ):
        raise _title_of_another()
    return found


def _title_of_another() -> Refused:
    return Refused("title_of_another", _("Another organisation has this name."), "title")


@transaction.atomic
def allot(
    *, enterprise: Enterprise, year: SchemeYear, places: int, by: User, now: datetime
) -> Allotment:
    """Say how many workers it may nominate in a year.

    Raises `Refused` (`over_target`, `below_used`).
    """
    locked = _lock_year(year.pk)
    row = Allotment.objects.filter(scheme_year=locked, enterprise=enterprise).first()
    if row is None:
        row = Allotment(scheme_year=locked, year=locked.year, enterprise=enterprise)
        row.made_by, row.made_at = by, now
    rules.check_not_below_used(row, places)
    row.places = places
    with said_in_words():
        row.save()
    return row


def end_nominating(*, year: SchemeYear, on: date | None) -> None:
    """Say until when enterprises nominate; what has come back does not return by a later day."""
    SchemeYear.objects.filter(pk=year.pk).update(allotments_end_on=on)


@transaction.atomic
def send_link(*, allotment: Allotment, until: date, by: User, now: datetime) -> Allotment:
    """Send the contact a new link to the enterprise's page, which ends after `until`; the links
    before it end at once. Raises `Refused` (`no_contact`, `until_passed`)."""
    locked = lock_allotment(allotment.pk)
    contact = locked.enterprise.organisation
    rules.check_can_be_sent(contact.contact, contact.phone)
    rules.check_until(until, local_day(now))
    locked.link_number += 1
    locked.link_ends_on, locked.link_sent_at, locked.reminded_at = until, now, None
    locked.save(update_fields=["link_number", "link_ends_on", "link_sent_at", "reminded_at"])
    _tell(messages.ASKED_TO_NOMINATE, locked, until, now)
    return locked


@transaction.atomic
def remind(now: datetime) -> int:
    """NOMINATING_REMINDER_DAYS before the last day of nominating an enterprise that has places left
    hears once more; how many messages. Every tick may call it."""
    today = local_day(now)
    rows = queries.to_remind(today, today + timedelta(days=settings.NOMINATING_REMINDER_DAYS))
    due = list(rows.select_for_update(of=("self",), skip_locked=True))
    for row in due:
        _tell(messages.NOMINATING_REMINDER, row, row.scheme_year.allotments_end_on, now)
    Allotment.objects.filter(pk__in=[row.pk for row in due]).update(reminded_at=now)
    return len(due)


@transaction.atomic
def give_back_unused(now: datetime) -> int:
    """After the last day of nominating, what enterprises have not used is the scheme's again; no
    messages. Every tick may call it."""
    over = SchemeYear.objects.filter(
        scheme=Scheme.DREAM,
        allotments_end_on__lt=local_day(now),
        allotments__places__gt=F("allotments__used") + F("allotments__returned"),
    )
    for year in over.order_by("pk").distinct():
        _lock_year(year.pk)
        Allotment.objects.filter(scheme_year=year).update(returned=F("places") - F("used"))
    return 0


def lock_allotment(pk: int) -> Allotment:
    """Its row and its year until the transaction ends: places to nominate for are taken and come
    back one after the other."""
    SchemeYear.objects.select_for_update().get(allotments=pk)
    rows = Allotment.objects.select_related("scheme_year", "enterprise__organisation")
    return rows.select_for_update(of=("self",)).get(pk=pk)


def _lock_year(pk: int) -> SchemeYear:
    return SchemeYear.objects.select_for_update().get(pk=pk)


def _tell(kind: Kind, allotment: Allotment, until: Any, now: datetime) -> None:
    """The contact, by the phone that the enterprise has now, with the newest link."""
    contact = allotment.enterprise.organisation
    notify_phone(
        kind=kind,
        phone=contact.phone,
        language=settings.LANGUAGE_CODE,
        subject=messages.ALLOTMENT.of(allotment.pk),
        data={
            "nominating": [allotment.pk, allotment.link_number],
            "title": contact.title,
            "number": allotment.free,
            "until_on": until,
        },
        now=now,
        expires_at=moment(until + rules.DAY),
    )
