"""How a guardian's consent stands: the words agreed to, those in force, and until when it holds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from after_school.models import GuardianRight
from after_school.rules.terms import PROGRAMME
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Consent, ConsentText
from diedie_edu.people.queries import consent_text_in_force, is_grown, live_consents
from diedie_edu.people.rules import residents


@dataclass(frozen=True)
class ConsentState:
    """`own` is live, `given` the last one whether it lives or not; `kept_until`: the child does not
    come in, for no guardian's consent lives, and its place is kept so long."""

    text: ConsentText | None
    own: Consent | None
    given: Consent | None
    is_last: bool
    kept_until: date | None
    today: date

    @property
    def is_other_text(self) -> bool:
        return self.given is not None and self.given.text != self.text

    @property
    def is_asked(self) -> bool:
        """Whether this guardian is asked now: for newer words, or because the consent runs out."""
        if self.own is None:
            return False
        soon = self.today + timedelta(days=max(map(int, settings.CONSENT_REMINDER_DAYS.split(","))))
        newer = self.is_other_text and self.text is not None and self.text.ask_until is not None
        return newer or self.own.valid_until <= soon


def consent_state(right: GuardianRight, now: datetime) -> ConsentState:
    today, child = local_day(now), right.child
    live = list(live_consents(child, today).select_related("text"))
    rows = Consent.objects.filter(child=child, guardian=right.guardian_id)
    given = rows.select_related("text").first()
    kept = None
    if given and not (live or child.is_locked) and residents.is_child(child.birth_date, today):
        kept = given.valid_until + timedelta(days=settings.SCHOOL_SEAT_KEPT_DAYS)
    return ConsentState(
        text=consent_text_in_force(PROGRAMME, now),
        own=next((row for row in live if row.guardian_id == right.guardian_id), None),
        given=given,
        is_last=len(live) < 2,
        kept_until=kept,
        today=today,
    )


def may_come_in(today: date) -> Q:
    """Of rows with a `child`: PIPL art. 31, as the database asks where a child is let in."""
    live = Consent.objects.filter(child=OuterRef("child"), ended_at=None, valid_until__gte=today)
    return is_grown(today, "child__") | Q(Exists(live))
