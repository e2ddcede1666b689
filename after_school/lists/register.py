"""The register of an afternoon as a list: names covered, and opened only for whoever asks with a
reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from after_school.lists.columns import CHILD, DAY, GUARDIAN_PHONE, NAME, ZONE
from after_school.models import Presence, Session, Zone
from after_school.queries import sessions
from diedie_edu.accounts.models import User
from diedie_edu.common.days import local
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.common.spreadsheets.outgoing import Found
from diedie_edu.people.lists.known import name_or_covered
from diedie_edu.people.models import Resident

CHECKS = {
    Presence.Check.KNOWN: "工作人员认识 | known to staff | 认识",
    Presence.Check.DOCUMENT: "看了证件 | showed a document | 证件",
    Presence.Check.CALL: "打电话问过监护人 | a guardian was called | 电话",
}


def _clock(name: str) -> Any:
    """The time of day of a moment of the child's presence."""

    def value(row: Any) -> time | None:
        at: datetime | None = row.presence and getattr(row.presence, name)
        return local(at).time() if at else None

    return value


def _how(row: Any) -> str:
    """A pass or the way home alone is told in words, and read back as nothing new."""
    how = row.presence.checked_how if row.presence else ""
    return how if how in CHECKS else ""


AFTERNOON = [
    *(DAY, CHILD, replace(NAME, clean=name_or_covered)),
    replace(GUARDIAN_PHONE, value=lambda _row: ""),
    Column(
        "arrived",
        "到校时间 | Arrived at | 到校 | 签到时间 | 到达时间 | 入校时间",
        CellType.TIME,
        value=_clock("arrived_at"),
        example=time(16, 35),
    ),
    ZONE,
    Column(
        "left",
        "离校时间 | Left at | 离校 | 离开时间 | 接走时间 | 签退时间",
        CellType.TIME,
        value=_clock("left_at"),
        example=time(18, 5),
    ),
    Column(
        "collected_by",
        ("接走的人 | Collected by | 接送人 | 接走人 | 接送人姓名 | 接领人 | 谁接走"),
        max_length=50,
        value=lambda row: row.presence and row.presence.went_with,
        covered="",
        help=_("The full name of one of the people who may collect this child."),
        example="李小梅 | Li Xiaomei",
    ),
    Column(
        "how",
        "核对方式 | Checked how",
        CellType.CHOICE,
        choices=CHECKS,
        value=_how,
        covered="",
        example=Presence.Check.KNOWN,
    ),
]


@dataclass(frozen=True)
class Afternoon:
    """A child on a day; `presence` is None where it is expected and has not come."""

    day: date
    child: Resident
    zone: Zone | None
    presence: Presence | None


def afternoons_to_list(user: User, today: date) -> Found:
    """Who was there on which day in the terms that are not over."""
    rows = Presence.objects.filter(arrived_at__isnull=False, term__last_day__gte=today)
    rows = rows.select_related("session", "child", "zone")
    ordered = rows.order_by("session__day", "child__sort_key", "pk")
    return Found([ordered], lambda row: Afternoon(row.session.day, row.child, row.zone, row))


def afternoon_of(user: User, today: date, session: int) -> Iterator[Afternoon] | None:
    """One day's register (the number of its session): with whoever is expected, to be filled in
    from the paper."""
    found = Session.objects.select_related("term").filter(pk=session).first()
    return register_of(found) if found else None


def register_of(session: Session) -> Iterator[Afternoon]:
    for line in sessions.register_of(session, session.starts_at):
        if line.stand in (sessions.Stand.FREE, sessions.Stand.ABSENT):
            continue
        presence = line.presence if line.presence and line.presence.arrived_at else None
        zone = presence.zone if presence else line.enrolment.zone
        yield Afternoon(session.day, line.child, zone, presence)
