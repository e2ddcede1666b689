"""A paper register typed into a list: who came when, and with whom each child went home.

Through `let_in` and `hand_over`, so a list opens no session, corrects nothing that was entered,
and hands no child to anybody who may not collect it.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from after_school.actions import handing_over
from after_school.actions.presence import let_in
from after_school.lists.pupils import Pupils, Values
from after_school.lists.register import AFTERNOON, afternoon_of, afternoons_to_list
from after_school.models import Collector, Enrolment, Presence, Session, Zone
from after_school.rules import terms
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local, moment
from diedie_edu.common.errors import Refused
from diedie_edu.common.names import covered, name_key
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind, nobody
from diedie_edu.lists.plans import Entry, RowByRow

MOST_CHILDREN = 300


@dataclass
class AfternoonEntry(Entry):
    """New where the child comes by this row, changed where it only leaves."""

    session: Any = None
    enrolment: Any = None
    presence: Any = None
    collector: Collector | None = None


class AfternoonsPlan(RowByRow):
    def prepare(self) -> None:
        rows = self.table.rows
        found = Session.objects.filter(day__in={row.values["day"] for row in rows})
        self.sessions: dict[date, dict[int, Session]] = defaultdict(dict)
        for session in found.select_related("term").prefetch_related("term__zones"):
            self.sessions[session.day][session.term_id] = session
        sessions = [one for of_day in self.sessions.values() for one in of_day.values()]
        self.pupils = Pupils(rows, sessions)
        children = [enrolment.child_id for enrolment in self.pupils.enrolments]
        here = Presence.objects.filter(session__in=sessions, child__in=children)
        here = here.select_related("collector", "collector_pass")
        self.presences = {(row.session_id, row.child_id): row for row in here}
        self.collectors: dict[int, list[Collector]] = defaultdict(list)
        for collector in Collector.objects.filter(child__in=children).order_by("pk"):
            self.collectors[collector.child_id].append(collector)

    def shown(self, entry: AfternoonEntry) -> tuple[str, str]:
        return covered(entry.enrolment.child.full_name), f"{entry.session.day:%Y-%m-%d}"

    def entry(self, row: Row) -> AfternoonEntry:
        values = row.values
        sessions = self.sessions.get(values["day"], {})
        if not sessions:
            raise Refused("no_session", _NO_SESSION, "day")
        enrolment = self.pupils.find(values, sessions.keys())
        session = sessions[enrolment.term_id]
        key = (session.pk, enrolment.child_id)
        self.check_alone(row, key, _TWIN)
        presence = self.presences.get(key)
        _check_agrees(values, presence)
        comes = bool(values.get("arrived")) and not _has_arrived(presence)
        goes = bool(values.get("left")) and not _has_left(presence)
        collector = self._collector(values, enrolment) if goes else None
        changes = ["left"] if goes else []
        return AfternoonEntry(row, comes, changes, session, enrolment, presence, collector)

    def carry_out(self, entry: AfternoonEntry, by: User, now: datetime) -> None:
        values, session = entry.row.values, entry.session
        try:
            if entry.is_new:
                entry.presence = let_in(
                    session=session,
                    enrolment=entry.enrolment,
                    zone=_zone(entry, values.get("zone")),
                    by=by,
                    now=now,
                    at=moment(session.day, values["arrived"]),
                )
            if entry.collector is not None:
                handing_over.hand_over(
                    session=session,
                    child=entry.presence.child_id,
                    collector=entry.collector,
                    how=values["how"],
                    by=by,
                    now=now,
                    at=moment(session.day, values["left"]),
                )
        except Refused as refusal:
            raise _without_names(refusal) from refusal

    def _collector(self, values: Values, enrolment: Enrolment) -> Collector:
        """The one person of this name whom the child has. Raises `Refused`."""
        for code, message in _NEEDED_TO_LEAVE.items():
            if not values.get(code):
                raise Refused("needed", message, code)
        own, name = self.collectors[enrolment.child_id], name_key(values["collected_by"])
        found = [one for one in own if one.name_key == name]
        if not found:
            raise Refused("collector_unknown", _COLLECTOR_UNKNOWN, "collected_by")
        if len(found) > 1:
            raise Refused("collectors_alike", _COLLECTORS_ALIKE, "collected_by")
        return found[0]


def _zone(entry: AfternoonEntry, kind: str | None) -> Zone:
    """The one told, or the child's own."""
    zones = entry.session.term.zones.all()
    return next((zone for zone in zones if zone.kind == kind), entry.enrolment.zone)


def _has_arrived(presence: Presence | None) -> bool:
    return presence is not None and presence.arrived_at is not None


def _has_left(presence: Presence | None) -> bool:
    return presence is not None and presence.left_at is not None


def _check_agrees(values: Values, presence: Presence | None) -> None:
    """Raises `Refused` where the register has something else: a list corrects nothing."""
    if values.get("left") and not (values.get("arrived") or _has_arrived(presence)):
        raise Refused("arrived_missing", _ARRIVED_MISSING, "arrived")
    if presence is None:
        return
    for code, known in (("arrived", presence.arrived_at), ("left", presence.left_at)):
        if known and values.get(code) and values[code] != _to_the_minute(known):
            raise Refused("other_time", _OTHER_TIME, code)
    told, walked = values.get("collected_by"), presence.walk_home_id is not None
    if presence.left_at and told and not walked and told != presence.went_with:
        raise Refused("other_collector", _OTHER_COLLECTOR, "collected_by")


def _to_the_minute(at: datetime) -> time:
    return local(at).time().replace(second=0, microsecond=0)


def _without_names(refusal: Refused) -> Refused:
    """Faults are kept for a day, so none says who was barred or whom a child went with."""
    if refusal.code not in _WITHOUT_NAMES:
        return refusal
    field, message = _WITHOUT_NAMES[refusal.code]
    return Refused(refusal.code, message, field)


_NO_SESSION = _("The 4:30 school is not held on that day.")
_TWIN = _("Row {row} is about the same child and day. Keep only one of the two rows.")
_ARRIVED_MISSING = _("Enter when the child came as well.")
_OTHER_TIME = _(
    "The register has another time. If that one is wrong, put it right on the child's page."
)
_OTHER_COLLECTOR = _(
    "The register has somebody else. If that is wrong, put it right on the child's page."
)
_COLLECTOR_UNKNOWN = _(
    "Nobody who may collect this child has this name. Call a guardian; a child is handed over only "
    "to people its guardians have named."
)
_COLLECTORS_ALIKE = _("Two of this child's people have this name. Enter it on the child's page.")
_NEEDED_TO_LEAVE: dict[str, Promise] = {
    "collected_by": _("Enter who collected the child."),
    "how": _("Enter how you checked who this is."),
}
_WITHOUT_NAMES: dict[str, tuple[str, Promise]] = {
    "barred": (
        "collected_by",
        _("This person may NOT collect this child. Speak with whoever runs the school at once."),
    ),
    "unseen": ("how", _("This guardian has to show a document first.")),
    "unconfirmed": (
        "collected_by",
        _("The guardian who named this person has not been seen by us yet."),
    ),
    "not_today": ("collected_by", _("This person may not collect on that day.")),
    "left": ("left", _OTHER_TIME),
    "not_here": ("arrived", _ARRIVED_MISSING),
}


AFTERNOONS_LIST = ListKind(
    slug="afternoons",
    title=_("Afternoons of the 4:30 school"),
    permission=Permission.LOOK_AFTER_CHILDREN,
    programme=terms.PROGRAMME,
    columns=lambda _today: AFTERNOON,
    rows=afternoons_to_list,
    rows_of=afternoon_of,
    sees_whole=nobody,
    plan=AfternoonsPlan,
    headings=(_("Child"), _("Day")),
    seen_at="after_school:today",
    max_rows=MOST_CHILDREN,
)
