"""Writing the liaison log, ticking off what follows, and reminding of it."""

from datetime import date, datetime

from django.db import transaction

from diedie_edu.accounts.models import User
from diedie_edu.accounts.queries import leads_of
from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import local_day
from diedie_edu.notices import actions as notices
from diedie_edu.office.contact_messages import FOLLOW_UP, FOLLOW_UP_DUE
from diedie_edu.office.models import Contact, FollowUp
from diedie_edu.office.rules import contacts as rules


@transaction.atomic
def keep_contact(*, contact: Contact, by: User, now: datetime) -> Contact:
    """Enter a contact or change one. Raises `Refused` (`ahead`)."""
    rules.check_day(contact.held_on, local_day(now))
    if contact._state.adding:
        contact.made_by, contact.made_at = by, now
    contact.save()
    return contact


@transaction.atomic
def keep_follow_up(*, follow_up: FollowUp, now: datetime) -> None:
    """Enter what follows or change it. Raises `Refused` (`early`).

    Of one that is not done whoever does it is reminded by its day, which may be another now.
    """
    rules.check_due(follow_up.due_on, follow_up.contact.held_on)
    if follow_up.done_at is None:
        follow_up.remind_on = _first_reminder(follow_up, now)
    if follow_up.pk:
        _stop_reminding(follow_up, now)
    follow_up.save()


@transaction.atomic
def tick(*, follow_up: FollowUp, done: bool, by: User, now: datetime) -> None:
    """Done, or not after all. The first tick counts; whoever else taps changes nothing."""
    locked = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if done == (locked.done_at is not None):
        return
    locked.done_at, locked.done_by = (now, by) if done else (None, None)
    locked.remind_on = None if done else _first_reminder(locked, now)
    locked.save(update_fields=["done_at", "done_by", "remind_on"])
    _stop_reminding(locked, now)


def remove_follow_up(*, follow_up: FollowUp, now: datetime) -> None:
    """It was entered by mistake."""
    with transaction.atomic():
        _stop_reminding(follow_up, now)
        follow_up.delete()


@transaction.atomic
def plan_reminders(now: datetime) -> int:
    """On working days, remind of each follow-up on its day, and again every few working days as
    long as it is open; how many there were. Two planners at once leave each other's rows alone."""
    today, calendar = local_day(now), known_calendar()
    due = FollowUp.objects.filter(done_at=None, remind_on__lte=today).order_by("pk")
    locked = due.select_for_update(skip_locked=True, of=("self",))
    rows = list(locked.select_related("contact__programme", "owner"))
    if not rows or not calendar.is_working_day(today):
        return 0
    for row in rows:
        _remind(row, now)
    FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(
        remind_on=calendar.working_day_after(today, rules.REMIND_EVERY)
    )
    return len(rows)


def _remind(row: FollowUp, now: datetime) -> None:
    """Where the account of whoever should do it is closed, the programme's leads hear of it."""
    owner, contact = row.owner, row.contact
    leads = leads_of(contact.programme.slug).values_list("pk", flat=True)
    notices.notify(
        kind=FOLLOW_UP_DUE,
        accounts=[owner.pk] if owner.is_active else list(leads),
        subject=FOLLOW_UP.of(row.pk),
        revision=local_day(now).isoformat(),
        data={
            "what": row.what,
            "subject": contact.subject,
            "due_on": row.due_on,
            "contact": contact.pk,
        },
        now=now,
    )


def _first_reminder(row: FollowUp, now: datetime) -> date:
    return rules.first_reminder(row.due_on, local_day(now), known_calendar())


def _stop_reminding(row: FollowUp, now: datetime) -> None:
    notices.cancel(subject=FOLLOW_UP.of(row.pk), now=now)
