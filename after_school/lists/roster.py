"""The roster in a list: who is on duty when. A list fills free slots and empties none."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from after_school.lists.columns import DAY, ZONE
from after_school.models import Term, ZoneDay
from after_school.rules import terms
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day, local_now, moment
from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.columns import Column, through
from diedie_edu.common.spreadsheets.reader import Row
from diedie_edu.lists.kinds import ListKind
from diedie_edu.lists.plans import Entry, RowByRow
from diedie_edu.people.lists.known import NAME, PERSON, PHONE, KnownGrownUps
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.actions import roster
from diedie_edu.volunteering.models import Duty

MOST_DUTIES = 500
COLUMNS: list[Column] = [
    replace(
        DAY,
        value=lambda duty: local_day(duty.starts_at),
        example=lambda: local_day(local_now()) + timedelta(days=7),
    ),
    replace(
        ZONE,
        required=True,
        fills_down=True,
        value=attrgetter("occasion.zone_day.zone.kind"),
    ),
    *through(
        "volunteer.resident",
        PERSON,
        replace(NAME, required=False, help=_("Left empty: the slot stays free.")),
        PHONE,
    ),
]


def roster_to_list(user: User, today: date) -> QuerySet[Duty]:
    """Every slot from today on, free ones with an empty name to be filled in."""
    return _slots(Duty.objects.filter(starts_at__gte=moment(today)))


def roster_of(user: User, today: date, term: int) -> QuerySet[Duty] | None:
    """Every slot of a term (its number), the past ones too."""
    known = Term.objects.filter(pk=term).exists()
    return _slots(Duty.objects.filter(occasion__activity=term)) if known else None


def _slots(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    rows = duties.filter(occasion__zone_day__isnull=False, is_off=False)
    rows = rows.select_related("volunteer__resident", "occasion__zone_day__zone")
    return rows.order_by("starts_at", "occasion_id", "pk")


@dataclass
class DutyEntry(Entry):
    """`volunteer` is None where the row leaves a slot free."""

    volunteer: Any = None
    zone_day: Any = None


class RosterPlan(RowByRow):
    def prepare(self) -> None:
        rows = self.table.rows
        self.known = KnownGrownUps(rows, local_day(self.now))
        serving = Volunteer.objects.filter(is_active=True, resident__in=self.known.residents)
        self.volunteers = {one.resident_id: one for one in serving.select_related("resident")}
        days = {row.values["day"] for row in rows}
        self.zone_days: dict[tuple[date, str], list[ZoneDay]] = defaultdict(list)
        held = ZoneDay.objects.filter(session__day__in=days, occasion__is_called_off=False)
        for one in held.select_related("occasion", "session", "zone"):
            self.zone_days[one.session.day, one.zone.kind].append(one)
        served = Duty.objects.filter(occasion__zone_day__session__day__in=days)
        self.on_duty = set(served.values_list("occasion", "volunteer"))

    def shown(self, entry: DutyEntry) -> tuple[str, str]:
        name = entry.volunteer.resident.full_name if entry.volunteer else ""
        return self.name(name), f"{entry.zone_day.session.day:%Y-%m-%d} {entry.zone_day.zone}"

    def entry(self, row: Row) -> DutyEntry:
        zone_day = self._zone_day(row.values)
        if not row.values.get("full_name"):
            if row.values.get("person") or row.values.get("phone"):
                raise Refused("name_missing", _NAME_MISSING, "full_name")
            return DutyEntry(row, False, zone_day=zone_day)
        volunteer = self.volunteers.get(self.known.find(row).pk)
        if volunteer is None:
            raise Refused("no_volunteer", _NO_VOLUNTEER, "full_name")
        key = (zone_day.occasion_id, volunteer.pk)
        self.check_alone(row, key, _TWIN)
        return DutyEntry(row, key not in self.on_duty, [], volunteer, zone_day)

    def carry_out(self, entry: DutyEntry, by: User, now: datetime) -> None:
        slot = Duty.objects.filter(occasion=entry.zone_day.occasion_id, volunteer=None).first()
        if slot is None:
            raise Refused("taken", _TAKEN, "full_name")
        roster.assign_slot(duty=slot, volunteer=entry.volunteer, by=by, now=now)

    def _zone_day(self, values: dict[str, Any]) -> ZoneDay:
        found = self.zone_days.get((values["day"], values["zone"]), [])
        if len(found) != 1:
            raise Refused("no_day", _NO_DAY, "day")
        return found[0]


_NAME_MISSING = _("Enter the name as well, or leave number and phone empty.")
_NO_VOLUNTEER = _(
    "This person serves as no volunteer at present. First enter that: “Volunteers”, and the check."
)
_TWIN = _("Row {row} puts the same person there. Keep only one of the two rows.")
_TAKEN = _(
    "No slot of this zone is free on that day. A list puts nobody in the place of somebody else: "
    "free the slot on the roster's page first."
)
_NO_DAY = _("The 4:30 school is not held in this zone on that day, or in two terms at once.")


ROSTER_LIST = ListKind(
    slug="roster",
    title=_("Roster of the 4:30 school"),
    permission=Permission.PLAN_ACTIVITIES,
    programme=terms.PROGRAMME,
    columns=lambda _today: COLUMNS,
    rows=roster_to_list,
    rows_of=roster_of,
    plan=RosterPlan,
    headings=(_("Person"), _("Day")),
    seen_at="after_school:roster",
    max_rows=MOST_DUTIES,
)
