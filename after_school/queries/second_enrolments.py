"""Second enrolments: whose child it would be, and what was told, in words."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from after_school.models import Enrolment, GuardianRight, SecondEnrolment, Zone
from diedie_edu.common.days import WEEKDAYS
from diedie_edu.common.names import name_key
from diedie_edu.common.parts import Panel
from diedie_edu.common.sealed import content_of
from diedie_edu.decisions.kinds import Content, Line
from diedie_edu.decisions.models import Request
from diedie_edu.people.models import Guardianship, Resident


def children_named(full_name: str, birth_date: date) -> list[Resident]:
    """Those of one name, however it is written, and one birth date, with all who answer for them
    here (`rights`) or anywhere (`bonds`)."""
    same = Resident.objects.filter(name_key=name_key(full_name), birth_date=birth_date)
    return list(
        same.prefetch_related(
            Prefetch("guardian_rights", to_attr="rights"),
            Prefetch("guardians", to_attr="bonds"),
        ).order_by("pk")
    )


def is_own(row: SecondEnrolment) -> bool:
    """Whether no other guardian's child is meant: it waits because there are many."""
    own = GuardianRight.objects.filter(child=row.child_id, guardian=row.guardian_id)
    return row.child_id is None or own.exists()


def contents(numbers: Collection[int]) -> dict[int, Content]:
    """What was told, with what stands around it: the content that staff decide on."""
    rows = SecondEnrolment.objects.filter(pk__in=numbers).select_related(
        "term", "guardian", "agreed_to"
    )
    return {row.pk: _content(row) for row in rows}


def told(row: SecondEnrolment) -> dict[str, Any]:
    """What was told, with its days as days."""
    found = content_of(row.sent)
    found["birth_date"] = date.fromisoformat(found["birth_date"])
    for one in found["collectors"]:
        one |= {name: _day_or_none(one[name]) for name in ("valid_from", "valid_until")}
    return found


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _content(row: SecondEnrolment) -> Content:
    return content_of(row.sent) | {
        "term": row.term.title,
        "guardian": row.guardian.full_name,
        "consent": row.agreed_to.version,
        "paper": row.paper_reference,
        "is_another_child": row.is_another_child,
    }


def lines(content: Content) -> Iterator[Line]:
    yield Line(_("Term"), content["term"])
    yield Line(_("Child"), content["full_name"])
    yield Line(_("Date of birth"), _day(content["birth_date"]))
    yield Line(_("Who enrols"), content["guardian"])
    yield Line(_("is the child's"), str(Guardianship.Relation(content["relation"]).label))
    school = (content["school"], content["grade"], content["class_name"])
    yield Line(_("School"), " ".join(filter(None, school)))
    yield Line(_("The child comes on"), _weekdays(content["weekdays"]))
    yield Line(_("Zone"), str(Zone.Kind(content["zone"]).label))
    yield Line(_("Allergies"), content["allergies"])
    yield Line(_("What staff should know"), content["notes"])
    yield Line(_("Who may collect"), "\n".join(map(_collector, content["collectors"])))
    yield Line(_("Consent text agreed to"), content["consent"])
    if content["paper"]:
        yield Line(_("Where the signed paper lies"), content["paper"])
    if content["is_another_child"]:
        yield Line(_("Which child"), _("another child of the same name and birth date"))


def _weekdays(numbers: Collection[int]) -> str:
    return " ".join(str(WEEKDAYS[number - 1]) for number in numbers)


def _collector(told: dict[str, Any]) -> str:
    days = _day(told["valid_from"])
    if told["valid_until"]:
        days = f"{days} – {_day(told['valid_until'])}"
    return f"{told['full_name']} ({told['relation']}) {told['phone']} · {days}"


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "DATE_FORMAT")


def beside(request: Request) -> Panel:
    """For staff: the child that is known, if any, who answers for it, and who asks."""
    row = SecondEnrolment.objects.select_related("child", "guardian__account").get(
        pk=request.subject
    )
    rights = GuardianRight.objects.filter(child=row.child_id)
    enrolments = Enrolment.objects.filter(child=row.child_id)
    facts = {
        "second": row,
        "is_own": is_own(row),
        "rights": rights.select_related("guardian__account"),
        "enrolments": enrolments.select_related("term", "sign_up"),
        "others": row.guardian.wards.exclude(child=row.child_id).count(),
    }
    return Panel(0, "after_school/second_enrolment.html", facts)
