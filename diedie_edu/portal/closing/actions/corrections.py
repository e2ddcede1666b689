"""A name or a date of birth is to be put right: asked by the person or a guardian, decided by staff
against a paper (`decisions`).

Lock order: the person → the correction → its request.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.days import local_day
from diedie_edu.common.names import covered
from diedie_edu.common.parts import Panel
from diedie_edu.decisions.actions import erasing, requests
from diedie_edu.decisions.kinds import Content, DecisionKind, Line
from diedie_edu.decisions.models import Request
from diedie_edu.people.actions import access_log, events
from diedie_edu.people.actions.consents import lock_child_row
from diedie_edu.people.actions.corrections import correct
from diedie_edu.people.models import PersonCorrection, PersonEvent, Resident
from diedie_edu.people.rules import corrections as rules
from diedie_edu.people.rules.residents import is_child
from diedie_edu.portal.closing.queries import open_correction


@transaction.atomic
def ask(
    *,
    resident: Resident,
    asked_by: Resident,
    full_name: str,
    birth_date: date | None,
    by: User,
    now: datetime,
) -> Request:
    """Ask, or ask again with what is told now; staff hear.

    Raises `Refused` (`same`, `grown`, `guardian_first`, and those of `check_birth_date`).
    """
    locked = lock_child_row(resident.pk)
    told = {"full_name": full_name, "birth_date": birth_date, "paper": ""}
    rules.check_changes_something((locked.full_name, locked.birth_date) == (full_name, birth_date))
    rules.check_stays_what_it_is(locked.birth_date, birth_date, local_day(now))
    row = open_correction(resident, by) or PersonCorrection(resident=resident, asked_by=asked_by)
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    return requests.submit(
        kind=CORRECTION,
        subject=row.pk,
        programme="",
        data={"name": covered(locked.full_name)},
        by=by,
        now=now,
    )


def approve(request: Request, by: User, now: datetime) -> None:
    """Raises `Refused` (`no_paper`, and as `correct` does)."""
    row = PersonCorrection.objects.select_related("resident").get(pk=request.subject)
    rules.check_paper_was_seen(row.paper)
    person = row.resident
    correct(resident=person, full_name=row.full_name, birth_date=row.birth_date, now=now)
    kind, reason = PersonEvent.Kind.CORRECTED, str(row.get_paper_display())
    events.note(resident=person, kind=kind, reason=reason, by=by, now=now)


def contents(numbers: Collection[int]) -> dict[int, Content]:
    rows = PersonCorrection.objects.filter(pk__in=numbers).select_related("resident", "asked_by")
    return {row.pk: _content(row) for row in rows}


def _content(row: PersonCorrection) -> Content:
    person = row.resident
    return {
        "old_name": person.full_name,
        "new_name": row.full_name,
        "old_day": person.birth_date,
        "new_day": row.birth_date,
        "asked_by": "" if row.asked_by_id == person.pk else row.asked_by.full_name,
        "paper": row.paper,
    }


def lines(content: Content) -> Iterator[Line]:
    yield Line(_("Name today"), content["old_name"])
    yield Line(_("Name as it should be"), content["new_name"])
    yield Line(_("Date of birth today"), _day(content["old_day"]))
    yield Line(_("Date of birth as it should be"), _day(content["new_day"]))
    yield Line(pgettext("a correction", "Who asks"), content["asked_by"] or _("the person"))
    yield Line(_("Paper seen"), _paper(content["paper"]))


def _paper(seen: str) -> str:
    return str(PersonCorrection.Paper(seen).label) if seen else _("none yet")


def _day(told: str | None) -> str:
    return date_format(date.fromisoformat(told), "DATE_FORMAT") if told else _("not said")


def _beside(request: Request) -> Panel:
    row = PersonCorrection.objects.get(pk=request.subject)
    facts = {"correction": row, "papers": PersonCorrection.Paper.choices}
    return Panel(0, "portal/closing/correction_paper.html", facts)


def _log_look(request: Request, by: User, now: datetime) -> None:
    row = PersonCorrection.objects.select_related("resident").get(pk=request.subject)
    if is_child(row.resident.birth_date, local_day(now)):
        access_log.log_access(children=[row.resident_id], by=by, page="correction", now=now)


def forget_person(person: Resident, now: datetime) -> None:
    """Of somebody who is erased no words stay in requests either."""
    rows = PersonCorrection.objects.filter(resident=person)
    numbers = [*rows.values_list("pk", flat=True)]
    numbers += PersonCorrection.objects.filter(asked_by=person).values_list("pk", flat=True)
    erasing.erase(kind=CORRECTION, subjects=numbers, by=None, now=now)


def _lock(number: int) -> PersonCorrection:
    row = PersonCorrection.objects.get(pk=number)
    lock_child_row(row.resident_id)
    return PersonCorrection.objects.select_for_update(of=("self",)).get(pk=number)


def _forget(number: int) -> None:
    PersonCorrection.objects.filter(pk=number).delete()


def _form(number: int) -> str:
    row = PersonCorrection.objects.get(pk=number)
    return reverse("portal:correct", args=[row.resident_id])


CORRECTION = DecisionKind(
    slug="correction",
    title=gettext_lazy("A name or a date of birth to correct"),
    line=gettext_lazy("{name}"),
    permission=Permission.KEEP_PEOPLE,
    days=5,
    lock=_lock,
    contents=contents,
    lines=lines,
    approve=approve,
    beside=_beside,
    opened=_log_look,
    change=_form,
    keep_days=30,
    forget=_forget,
)
