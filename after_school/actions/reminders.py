"""What guardians hear ahead of time: a consent that runs out, a term that ends."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from after_school import messages
from after_school.models import GuardianRight, Term
from after_school.queries.terms import term_open_after, terms_ending
from after_school.rules.terms import PROGRAMME
from diedie_edu.activities.models import SignUp
from diedie_edu.common.days import local_day, moment
from diedie_edu.notices.actions import plan_from
from diedie_edu.notices.subjects import as_messages, text_of
from diedie_edu.people.models import Consent

ASKED_BEFORE = timedelta(days=30)


def plan_consent_reminders(now: datetime) -> int:
    """Tell every guardian once whose consent runs out within 30 days; how many messages."""
    today = local_day(now)
    running_out = Consent.objects.filter(
        text__programme=PROGRAMME,
        ended_at=None,
        child__isnull=False,
        valid_until__gte=today,
        valid_until__lte=today + ASKED_BEFORE,
    )
    rights = GuardianRight.objects.filter(child=OuterRef("child"), guardian=OuterRef("guardian"))
    people = as_messages(
        running_out.filter(Exists(rights)),
        recipient="guardian_id",
        subject=messages.CHILD.at("child_id"),
        revision=text_of(F("pk")),
        data=messages.child_facts(until_on=F("valid_until")),
        now=now,
    )
    return plan_from(kind=messages.CONSENT_RUNS_OUT, people=people, now=now)


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
