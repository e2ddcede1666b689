"""How a child's afternoons stand, as its guardian reads them: "is my child safe now?"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch, QuerySet

from after_school.models import (
    Absence,
    Enrolment,
    GuardianMessage,
    GuardianRight,
    Note,
    Presence,
    Session,
    Whereabouts,
    Zone,
    ZoneDay,
)
from after_school.queries.children import enrolments_of, is_barred, live_enrolments
from after_school.queries.guardian_messages import messages_of
from after_school.queries.terms import STANDS
from after_school.rules.guardian_messages import can_be_written
from after_school.rules.sessions import is_unopened, missing_from
from after_school.rules.whereabouts import can_be_said, is_on_the_way, is_with_guardian
from diedie_edu.common.days import local_day
from diedie_edu.volunteering.models import Duty

A_WEEK = timedelta(days=7)


class Standing(StrEnum):
    """How one afternoon of one child stands; `bands` has its words."""

    INSIDE = "inside"
    STILL_HERE = "still_here"  # inside, and the afternoon is over
    COME_NOW = "come_now"  # inside, and the afternoon is called off
    GONE = "gone"
    CALLED_OFF = "called_off"
    ABSENT = "absent"  # with notice
    FREE = "free"  # does not come on this weekday
    UNOPENED = "unopened"  # so nobody knows who is there
    MISSING = "missing"  # without notice, while it goes on
    NOT_COME = "not_come"  # without notice, and it is closed
    EXPECTED = "expected"
    ON_THE_WAY = "on_the_way"  # as was said, and not too long ago
    WITH_GUARDIAN = "with_guardian"  # as was said


AWAITED = (Standing.UNOPENED, Standing.MISSING, Standing.EXPECTED, Standing.ON_THE_WAY)


@dataclass(frozen=True)
class Afternoon:
    """One day of a child at the 4:30 school."""

    now: datetime
    session: Session
    enrolment: Enrolment
    absence: Absence | None
    presence: Presence | None
    sees_notes: bool = False

    @property
    def is_expected(self) -> bool:
        seated = self.enrolment.sign_up.seated_at
        comes = self.session.weekday in self.enrolment.weekdays
        return comes and seated is not None and local_day(seated) <= self.session.day

    @property
    def zone(self) -> Zone:
        """Where the child is, or would be."""
        return (self.presence and self.presence.zone) or self.enrolment.zone

    @property
    def notes(self) -> Iterable[Note]:
        """What staff wrote, where this guardian reads it."""
        return self.presence.notes.all() if self.presence and self.sees_notes else []

    @property
    def can_be_said(self) -> bool:
        """Whether a guardian says where the child is: it is waited for."""
        waited = self.is_expected and self.absence is None and self.session.stands  # type: ignore[attr-defined]
        return waited and can_be_said(self.session, self.presence, self.now)

    @property
    def can_be_written(self) -> bool:
        """Whether a guardian writes to the staff."""
        is_awaited = self.standing in AWAITED
        return can_be_written(self.session, self.presence, self.now, is_awaited=is_awaited)

    @property
    def standing(self) -> Standing:
        if self.presence is not None and self.presence.arrived_at is not None:
            return self._since_arrival(self.presence)
        if not self.session.stands:  # type: ignore[attr-defined]
            return Standing.CALLED_OFF
        if self.absence is not None:
            return Standing.ABSENT
        return self._until_arrival() if self.is_expected else Standing.FREE

    def _since_arrival(self, presence: Presence) -> Standing:
        if presence.left_at is not None:
            return Standing.GONE
        if not self.session.stands:  # type: ignore[attr-defined]
            return Standing.COME_NOW
        return Standing.STILL_HERE if self.session.ends_at <= self.now else Standing.INSIDE

    def _until_arrival(self) -> Standing:
        if is_with_guardian(self.presence):
            return Standing.WITH_GUARDIAN
        if is_on_the_way(self.presence, self.now):
            return Standing.ON_THE_WAY
        if is_unopened(self.session, self.now):
            return Standing.UNOPENED
        if self.session.state == Session.State.CLOSED:
            return Standing.NOT_COME
        late = self.session.is_open and missing_from(self.session) <= self.now
        return Standing.MISSING if late else Standing.EXPECTED


@dataclass(frozen=True)
class ChildToday:
    """A child as its guardian finds it on every page: today, and the week behind."""

    now: datetime
    right: GuardianRight
    enrolments: list[Enrolment]
    today: list[Afternoon]
    behind: list[Afternoon]

    @property
    def words(self) -> dict[str, Any]:
        """What the guardian can say of where the child is (`answers`) and tell the staff
        (`sentences`), and what was told today (`written`)."""
        is_asked = any(afternoon.can_be_said for afternoon in self.today)
        is_here = any(afternoon.can_be_written for afternoon in self.today)
        may_write = is_here and not is_barred(self.right)
        presences = [afternoon.presence for afternoon in self.today]
        return {
            "answers": Whereabouts.Said.choices if is_asked else [],
            "sentences": GuardianMessage.What.choices if may_write else [],
            "written": [message for row in presences for message in messages_of(row)],
        }


def child_today(right: GuardianRight, now: datetime) -> ChildToday:
    """Today's afternoons, one for each term that the child comes to, and those of the last seven
    days, if it was to come on one of them; a constant number of queries."""
    today = local_day(now)
    shown = _afternoons(right, today - A_WEEK, today, now)
    behind = [row for row in shown if row.session.day < today]
    return ChildToday(
        now,
        right,
        enrolments_of(right.child_id, now),
        [row for row in shown if row.session.day == today],
        behind if any(row.standing != Standing.FREE for row in behind) else [],
    )


def _afternoons(right: GuardianRight, first: date, last: date, now: datetime) -> list[Afternoon]:
    enrolled = live_enrolments().filter(child=right.child_id).defer("allergies", "notes")
    by_term = {row.term_id: row for row in enrolled}
    sessions = Session.objects.filter(term__in=by_term, day__range=(first, last))
    presences = {row.session_id: row for row in _presences(right.child_id, first, last)}
    absences = Absence.objects.filter(enrolment__in=by_term.values(), taken_back_at=None)
    told = list(absences.filter(first_day__lte=last, last_day__gte=first))
    return [
        Afternoon(
            now,
            session,
            by_term[session.term_id],
            _absence_on(session.day, by_term[session.term_id], told),
            presences.get(session.pk),
            right.sees_notes,
        )
        for session in sessions.annotate(stands=STANDS).select_related("term").order_by("day", "pk")
    ]


def _presences(child: int, first: date, last: date) -> QuerySet[Presence]:
    found = Presence.objects.filter(child=child, session__day__range=(first, last))
    with_notes = found.prefetch_related(Prefetch("notes", Note.objects.order_by("written_at")))
    taken = with_notes.prefetch_related("zone", "walk_home").order_by("pk")
    return taken.select_related("collector", "collector_pass", "whereabouts")


def _absence_on(day: date, enrolment: Enrolment, told: list[Absence]) -> Absence | None:
    of_child = (row for row in told if row.enrolment_id == enrolment.pk)
    return next((row for row in of_child if row.first_day <= day <= row.last_day), None)


def place_of(afternoon: Afternoon) -> ZoneDay:
    """The child's zone of that day, with its room."""
    return ZoneDay.objects.select_related("occasion__venue", "zone").get(
        session=afternoon.session, zone=afternoon.zone
    )


def adults_in(place: ZoneDay) -> list[str]:
    """Names of the volunteers on duty there who have not gone home."""
    duties = Duty.objects.filter(
        Duty.COUNTS, occasion=place.occasion_id, volunteer__isnull=False, signed_out_at=None
    )
    by_name = duties.select_related("volunteer__resident").order_by("volunteer__resident__sort_key")
    return [str(duty.volunteer) for duty in by_name]
