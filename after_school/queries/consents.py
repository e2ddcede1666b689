"""How a guardian's consent stands: the words agreed to, those in force, and until when it holds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from after_school.models import GuardianRight
from after_school.rules.terms import PROGRAMME
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Consent, ConsentText
from diedie_edu.people.queries import consent_text_in_force, was_born_by
from diedie_edu.people.rules import consents as rules
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
    def holds_until(self) -> date | None:
        """The last day of the own consent; an older one ends while guardians are asked anew."""
        if self.own is None:
            return None
        return min(self.own.valid_until, self._asked_until or self.own.valid_until)

    @property
    def _asked_until(self) -> date | None:
        """Where this guardian agreed to older words than those in force."""
        if self.text is None or not self.is_other_text:
            return None
        return rules.ends_for_a_newer(self.text, self.today)

    @property
    def is_asked(self) -> bool:
        """Whether this guardian is asked now: for newer words, or because the consent runs out."""
        if self.own is None:
            return False
        soon = self.today + timedelta(days=max(map(int, settings.CONSENT_REMINDER_DAYS.split(","))))
        return self._asked_until is not None or self.own.valid_until <= soon


def consent_state(right: GuardianRight, now: datetime) -> ConsentState:
    today, child = local_day(now), right.child
    rows = list(Consent.objects.filter(child=child).select_related("text"))
    own = [row for row in rows if row.guardian_id == right.guardian_id]
    open_ones = [row for row in rows if not row.is_ended]
    live = [row for row in open_ones if row.valid_until >= today]
    kept = None
    if open_ones and not live and residents.is_child(child.birth_date, today):
        last = max(row.valid_until for row in open_ones)
        kept = last + timedelta(days=settings.SCHOOL_SEAT_KEPT_DAYS)
    return ConsentState(
        text=consent_text_in_force(PROGRAMME, now),
        own=next((row for row in live if row in own), None),
        given=next(iter(own), None),
        is_last=len(live) < 2,
        kept_until=kept,
        today=today,
    )


def may_come_in(today: date, grown: date) -> Q:
    """Of rows with a `child`: PIPL art. 31, as the database asks where a child is let in. Whoever
    was born by `grown` is no child any more."""
    live = Consent.objects.filter(child=OuterRef("child"), ended_at=None, valid_until__gte=today)
    return was_born_by(grown, "child__") | Q(Exists(live))
