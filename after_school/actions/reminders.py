"""What guardians hear ahead of time: a consent that runs out, a term that ends."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat, Least
from django.utils import translation
from django.utils.translation import gettext as _

from after_school import guardian_messages, messages
from after_school.models import GuardianRight, Term
from after_school.queries.terms import term_open_after, terms_ending
from after_school.rules.terms import PROGRAMME
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import local_day, moment
from diedie_edu.notices.actions import plan_from
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.subjects import as_messages, text_of
from diedie_edu.people.models import Consent
from diedie_edu.people.queries import consent_text_in_force


def plan_consent_reminders(now: datetime) -> int:
    """Tell every guardian whose consent runs out CONSENT_REMINDER_DAYS before, each time once; how
    many messages. Of several that have passed the nearest is told alone."""
    today, nearest, number = local_day(now), -1, 0
    for days in sorted(map(int, settings.CONSENT_REMINDER_DAYS.split(","))):
        window = (today + timedelta(days=nearest + 1), today + timedelta(days=days))
        due = _own_consents().filter(valid_until__range=window)
        number += _ask(
            guardian_messages.CONSENT_RUNS_OUT, due, f".{days}", now, until_on=F("valid_until")
        )
        nearest = days
    return number


def plan_newer_text(now: datetime) -> int:
    """Tell every guardian once who agreed to an older text that there is a newer one, and until
    when they are asked; how many messages. Who is reminded anyway reads it there."""
    text = consent_text_in_force(PROGRAMME, now)
    if text is None or text.ask_until is None:
        return 0
    soon = max(map(int, settings.CONSENT_REMINDER_DAYS.split(",")))
    older = _own_consents().exclude(text=text)
    later = older.filter(valid_until__gt=local_day(now) + timedelta(days=soon))
    until = Least(F("valid_until"), Value(text.ask_until))
    return _ask(guardian_messages.CONSENT_TEXT_NEW, later, f".{text.pk}", now, until_on=until)


def plan_run_out(now: datetime) -> int:
    """Tell every guardian once whose consent has run out, and until when the place is kept; how
    many messages."""
    today, kept = local_day(now), timedelta(days=settings.SCHOOL_SEAT_KEPT_DAYS)
    over = _own_consents().filter(valid_until__range=(today - kept, today - timedelta(days=1)))
    live = Consent.objects.filter(child=OuterRef("child"), ended_at=None, valid_until__gte=today)
    until = Cast(F("valid_until") + Value(kept), DateField())
    alone = over.filter(~Exists(live))
    days = {"until_on": F("valid_until"), "kept_on": until}
    return _ask(guardian_messages.CONSENT_RUN_OUT, alone, ".out", now, **days)


def _own_consents() -> QuerySet[Consent]:
    """Of guardians who are ones here."""
    rights = GuardianRight.objects.filter(child=OuterRef("child"), guardian=OuterRef("guardian"))
    open_ones = Consent.objects.filter(
        text__programme=PROGRAMME, ended_at=None, child__isnull=False
    )
    return open_ones.filter(Exists(rights))


def _ask(
    kind: Kind, consents: QuerySet[Consent], revision: str, now: datetime, **facts: Any
) -> int:
    people = as_messages(
        consents,
        recipient="guardian_id",
        subject=messages.CHILD.at("child_id"),
        revision=Concat(text_of(F("pk")), Value(revision)),
        data=messages.child_facts(**facts),
        now=now,
    )
    return plan_from(kind=kind, people=people, now=now)


def plan_end_of_term(now: datetime) -> int:
    """Thank every guardian once for each child some days before the last day that stands, and say
    whether the next term is open; how many messages. An end that moves is not told again."""
    ending = terms_ending(local_day(now), settings.SCHOOL_END_NOTICE_DAYS)
    return sum(_notify_end(term, now) for term in ending)


def _notify_end(term: Term, now: datetime) -> int:
    last = term.last  # type: ignore[attr-defined]
    if moment(last, term.ends) <= now:
        return 0
    rights = GuardianRight.objects.filter(
        child__enrolments__term=term,
        child__enrolments__sign_up__status=SignUp.Status.SEATED,
        child__erase_due_on=None,
    )
    upcoming = term_open_after(term, now)
    people = as_messages(
        rights,
        recipient="guardian_id",
        subject=messages.CHILD.at("child_id"),
        revision=f"end.{term.pk}",
        data=messages.child_facts(
            term_title=term.title,
            last_on=f"{last:%Y-%m-%d}",
            next_zh=_what_is_next(upcoming, "zh-hans"),
            next_en=_what_is_next(upcoming, "en"),
        ),
        now=now,
        expires_at=moment(last + timedelta(days=1)),
    )
    return plan_from(kind=messages.END_OF_TERM, people=people, now=now)


def _what_is_next(upcoming: Term | None, language: str) -> str:
    with translation.override(language):
        if upcoming is None:
            return _("The page of the 4:30 school says when the next term is open for enrolment.")
        return _("“%s” is open for enrolment now.") % upcoming.title
