"""Exceptions to the conditions of a class, in words for whoever decides."""

from collections.abc import Collection, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from diedie_edu.decisions.kinds import Content, Line
from diedie_edu.decisions.models import OPEN, Request
from edu_base.models import Application, Belonging, Condition, Lifting, Schooling

KIND = "class-exception"


def contents(numbers: Collection[int]) -> dict[int, Content]:
    """What is asked, beside what the applicant told and the class asks for."""
    rows = Lifting.objects.select_related("application__person", "application__intake")
    return {row.pk: _content(row) for row in rows.filter(pk__in=numbers)}


def _content(row: Lifting) -> Content:
    asked, intake = row.application, row.application.intake
    person = asked.person
    return {
        "name": person.full_name if person else "",
        "class": [intake.title_zh, intake.title_en],
        "conditions": sorted(row.conditions),
        "reason": row.reason,
        "born": person.birth_date if person else None,
        "age": [intake.min_age, intake.max_age, intake.age_counts_on],
        "schooling": asked.schooling,
        "belongs": asked.belongs_by,
    }


def lines(content: Content) -> Iterator[Line]:
    yield Line(_("Applicant"), content["name"])
    yield Line(_("Class"), content["class"][0])
    labels = [str(Condition(value).label) for value in content["conditions"]]
    yield Line(_("Conditions to lift"), " · ".join(labels))
    yield Line(_("Why"), content["reason"])
    yield Line(_("Date of birth"), content["born"] or "–")
    least, most, day = content["age"]
    if day:
        words = _("%(least)s to %(most)s on %(day)s")
        yield Line(_("Age asked for"), words % {"least": least, "most": most, "day": day})
    if content["schooling"]:
        yield Line(_("Schooling"), str(Schooling(content["schooling"]).label))
    if content["belongs"]:
        yield Line(_("Belongs by"), str(Belonging(content["belongs"]).label))


def waiting(application: Application) -> Lifting | None:
    """What is asked for an application and not decided yet."""
    asked = Request.objects.filter(kind=KIND, state__in=OPEN).values("subject")
    return application.liftings.filter(pk__in=asked).first()


def requests_of(application: Application) -> QuerySet[Request]:
    """All that was asked for it, the newest first."""
    numbers = application.liftings.values("pk")
    return Request.objects.filter(kind=KIND, subject__in=numbers).order_by("-pk")
