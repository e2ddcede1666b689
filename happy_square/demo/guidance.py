"""Visits, findings, a complaint and support in the demo season; a partner asks for a room."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from diedie_edu.accounts.models import User
from diedie_edu.common.days import local_day, moment, week_of
from diedie_edu.people.models import Organisation
from diedie_edu.venues.actions.requests import Wish, reserve
from diedie_edu.venues.models import Booking, Venue
from happy_square.actions import complaints, findings, growth, support
from happy_square.actions.findings import Found
from happy_square.models import Finding, Group
from happy_square.models.guidance import Point

Facts = dict[str, Any]
DAY = timedelta(days=1)


def guide(facts: Facts, staff: User, now: datetime) -> None:
    """Every group has been visited; what was found is overdue, answered or put right."""
    for number, row in enumerate(facts["visits"]):
        group = Group.objects.get(title=row["group"])
        _visit(group, row, number, staff, now)
    for row in facts["support"]:
        given = {name: row[name] for name in ("sort", "what", "amount")}
        group = Group.objects.get(title=row["group"])
        when = local_day(now) - row["days_ago"] * DAY
        support.give(group=group, given_on=when, **given, by=staff, now=now)
    _complain(facts["complaint"], now)
    growth.set_start(day=local_day(now) - 70 * DAY, by=staff, now=now)


def _visit(group: Group, row: Facts, number: int, staff: User, now: datetime) -> None:
    went = now - row["days_ago"] * DAY
    found = [Found(point, what, local_day(went) + days * DAY) for point, what, days in row["found"]]
    wrong = {one.point for one in found}
    findings.enter_visit(
        group=group,
        sheet=uuid5(NAMESPACE_OID, f"visit {number}"),
        in_order=[point for point in Point.values if point not in wrong],
        found=found,
        note=row["note"],
        by=staff,
        now=went,
    )
    if words := row.get("answer"):
        [finding] = Finding.objects.filter(visit__group=group)
        findings.answer(finding=finding, words=words, by=staff, now=went + 3 * DAY)


def _complain(row: Facts, now: datetime) -> None:
    told = complaints.Told(
        about=row["about"], words=row["words"], group=Group.objects.get(title=row["group"])
    )
    complaints.complain(
        told=told,
        sheet=uuid5(NAMESPACE_OID, "complaint"),
        address="127.0.0.1",
        language="zh-hans",
        now=now - DAY,
    )


def ask_for_rooms(staff: User, now: datetime) -> None:
    """A partner asks for the whole square, which needs a yes."""
    partner = Organisation.objects.order_by("pk").first()
    square = Venue.objects.get(title_zh="社区广场")
    if partner is None:
        return
    sunday = week_of(local_day(now))[0] + 20 * DAY
    room = Booking(
        venue=square, starts_at=moment(sunday, time(9, 0)), ends_at=moment(sunday, time(11, 0))
    )
    wish = Wish(partner.title, "便民义诊", organisation=partner, people=80, note="要用两张长桌")
    reserve(wish=wish, wanted=[room], by=staff, now=now)
