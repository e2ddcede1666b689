"""A resident wants to serve, and staff decide (`decisions`). Yes makes the volunteer.

Lock order: the application → its request → the volunteer.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.bilingual import in_language
from diedie_edu.common.days import PartOfWeek, local_day
from diedie_edu.common.spreadsheets.columns import listed
from diedie_edu.decisions.actions import erasing, requests
from diedie_edu.decisions.kinds import Content, DecisionKind, Line
from diedie_edu.decisions.models import Request
from diedie_edu.people.actions import volunteers
from diedie_edu.people.models import Resident, Topic, VolunteerKind
from diedie_edu.people.rules import residents
from diedie_edu.volunteering.models import VolunteerApplication
from diedie_edu.volunteering.rules import check_may_want_to_serve

TOLD = ("kinds", "introduction", "free_times")


@transaction.atomic
def apply(
    *, resident: Resident, facts: dict[str, Any], topics: Iterable[Topic], by: User, now: datetime
) -> Request:
    """Ask, or ask again with what is told now; whoever may decide hears.

    Raises `Refused` (`serves`, `child`; `not_yours` where staff have entered it).
    """
    serves = hasattr(resident, "volunteer") and resident.volunteer.is_active
    is_child = residents.is_child(resident.birth_date, local_day(now))
    check_may_want_to_serve(serves=serves, is_child=is_child)
    row, _is_new = VolunteerApplication.objects.update_or_create(resident=resident, defaults=facts)
    row.topics.set(topics)
    return requests.submit(
        kind=VOLUNTEERING,
        subject=row.pk,
        programme="",
        data={"name": resident.full_name},
        by=by,
        now=now,
    )


def approve(request: Request, by: User, now: datetime) -> None:
    asked = VolunteerApplication.objects.select_related("resident").get(pk=request.subject)
    facts = {name: getattr(asked, name) for name in TOLD}
    volunteers.serve(
        resident=asked.resident, facts=facts, topics=asked.topics.all(), by=by, now=now
    )


def contents(numbers: Collection[int]) -> dict[int, Content]:
    """All that staff decide on."""
    rows = VolunteerApplication.objects.filter(pk__in=numbers)
    found = rows.select_related("resident__account").prefetch_related("topics")
    return {row.pk: _content(row) for row in found}


def _content(row: VolunteerApplication) -> Content:
    person = row.resident
    topics = [[topic.title_zh, topic.title_en] for topic in row.topics.all()]
    return {name: getattr(row, name) for name in TOLD} | {
        "name": person.full_name,
        "phone": person.phone or (person.account.phone if person.account else ""),
        "topics": topics,
    }


def lines(content: Content) -> Iterator[Line]:
    kinds = (str(VolunteerKind(kind).label) for kind in content["kinds"])
    times = (str(part.label) for part in PartOfWeek if part in content["free_times"])
    yield Line(_("Who"), f"{content['name']} {content['phone']}".strip())
    yield Line(_("As what"), listed(kinds))
    yield Line(_("Topics"), listed(in_language(*topic) for topic in content["topics"]) or _("none"))
    yield Line(_("Usually free"), listed(times) or _("not said"))
    yield Line(_("Introduction"), content["introduction"])


def forget_person(person: Resident, now: datetime) -> None:
    """Of somebody who is erased no words stay in requests either."""
    rows = VolunteerApplication.objects.filter(resident=person)
    numbers = list(rows.values_list("pk", flat=True))
    erasing.erase(kind=VOLUNTEERING, subjects=numbers, by=None, now=now)


def _lock(number: int) -> VolunteerApplication:
    return VolunteerApplication.objects.select_for_update(of=("self",)).get(pk=number)


def _forget(number: int) -> None:
    VolunteerApplication.objects.filter(pk=number).delete()


VOLUNTEERING = DecisionKind(
    slug="volunteering",
    title=gettext_lazy("Somebody wants to be a volunteer"),
    line=gettext_lazy("{name}"),
    permission=Permission.KEEP_PEOPLE,
    days=5,
    lock=_lock,
    contents=contents,
    lines=lines,
    approve=approve,
    change=lambda _number: reverse("portal:volunteering"),
    forget=_forget,
)
