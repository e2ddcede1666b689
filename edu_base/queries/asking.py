"""Questions to students: whom to ask, what the newest is, and what came of a year's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.models import User
from diedie_edu.common.days import ZONE
from diedie_edu.notices.models import Notice
from diedie_edu.notices.rules.addresses import Number, numbers_of
from diedie_edu.people.models import Resident
from edu_base.models import Application, Scheme, State, StudyQuestion
from edu_base.queries.applications import own_applications
from edu_base.rules import asking as rules
from edu_base.rules.applying import acting_of

Answer, Work = StudyQuestion.Answer, StudyQuestion.Work


def questions() -> QuerySet[StudyQuestion]:
    return StudyQuestion.objects.select_related(
        *("application__person", "application__guardian", "application__intake")
    )


def newest_of(application: int) -> int | None:
    """The number of the newest question to a student."""
    last: int | None = StudyQuestion.objects.filter(application=application).aggregate(
        last=Max("pk")
    )["last"]
    return last


# --- Whom to ask -----------------------------------------------------------------------


def students_each_year(year: int) -> QuerySet[Application]:
    """Those who began to study in an earlier year and study, or have paused."""
    return Application.objects.filter(
        year__lt=year, state__in=rules.ASKED_EACH_YEAR, person__isnull=False
    )


def graduates() -> Iterator[tuple[int, date]]:
    """Graduates, and when they graduated: by their own word, else when it was noted."""
    told = StudyQuestion.objects.filter(application=OuterRef("pk"), answer=Answer.GRADUATED)
    day = Subquery(told.order_by("-pk").values("graduated_on")[:1])
    rows = Application.objects.filter(state=State.GRADUATED, person__isnull=False)
    noted = TruncDate("state_since", tzinfo=ZONE)
    yield from rows.annotate(day=Coalesce(day, noted)).values_list("pk", "day").iterator()


def made_since(day: date) -> set[tuple[int, str, date]]:
    """Of which student, when it is asked, and its day: questions that are there already."""
    rows = StudyQuestion.objects.filter(due_on__gte=day)
    return set(rows.values_list("application", "occasion", "due_on"))


def to_ask(now: datetime) -> QuerySet[StudyQuestion]:
    """Questions whose message, or next reminder, is due."""
    waited = Q(last_asked_at=None) | Q(last_asked_at__lte=asked_until(now))
    return _unanswered().filter(waited, times_asked__lt=rules.TIMES)


def asked_until(now: datetime) -> datetime:
    """Who is to be rung was asked no later."""
    return now - rules.PAUSE


def to_ring(asked_by: datetime) -> QuerySet[StudyQuestion]:
    """Whoever has answered neither the message nor the reminders and was asked long ago, the
    longest first."""
    rows = _unanswered().filter(times_asked=rules.TIMES, last_asked_at__lte=asked_by)
    return rows.order_by("due_on", "application__person__sort_key", "pk")


def _unanswered() -> QuerySet[StudyQuestion]:
    """The newest question of each student, where it is open."""
    newest = StudyQuestion.objects.filter(application=OuterRef("application")).order_by("-pk")
    rows = questions().filter(answer="", application__person__isnull=False)
    return rows.filter(pk=Subquery(newest.values("pk")[:1]))


def numbers_to_ring(question: StudyQuestion) -> list[Number]:
    """Their own, the household's, a guardian's."""
    return numbers_of(Notice(recipient=question.application.person))


def open_for(user: User, today: date) -> QuerySet[StudyQuestion]:
    """What an account can still answer, of itself or as a guardian."""
    return _unanswered().filter(application__in=own_applications(user, today), times_asked__gte=1)


def behind(named: tuple[int, ...] | None, today: date) -> tuple[StudyQuestion, Resident] | None:
    """What a link names: a question, and whose link it is, as long as they act in it."""
    if named is None or len(named) != 2:
        return None
    question = questions().filter(pk=named[0]).first()
    own = Resident.objects.numbered(named[1]).select_related("account").first()
    if question is None or own is None or not acting_of(question.application, own, today):
        return None
    return question, own


# --- Figures ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Asked:
    """The questions of one scheme and occasion in one year: n of N answered, and how."""

    scheme: str
    occasion: str
    asked: int
    answered: int
    studying: int
    paused: int
    left: int
    graduated: int
    work_here: int
    work_elsewhere: int
    no_work: int

    @property
    def label(self) -> str:
        return f"{Scheme(self.scheme).label} · {StudyQuestion.Occasion(self.occasion).label}"

    @property
    def key(self) -> str:
        return f"{self.scheme}-{self.occasion}"

    @property
    def bars(self) -> list[tuple[str, int]]:
        return [(str(label), getattr(self, name)) for name, label in ANSWERS.items()]


ANSWERS = {
    "studying": pgettext_lazy("students", "studying"),
    "paused": pgettext_lazy("students", "paused"),
    "left": pgettext_lazy("students", "left"),
    "graduated": pgettext_lazy("students", "graduated"),
    "work_here": _("work in an enterprise here"),
    "work_elsewhere": _("work elsewhere"),
    "no_work": _("no work yet"),
}


class AskedInYear:
    """What was asked in a year. One statement."""

    def __init__(self, year: int) -> None:
        self.year = year

    @cached_property
    def rows(self) -> list[Asked]:
        found = StudyQuestion.objects.filter(due_on__year=self.year, times_asked__gte=1)
        keys = {"scheme": F("application__scheme"), "of": F("occasion")}
        counted: Any = found.order_by().values(**keys).annotate(**COUNTED)
        rows = [Asked(occasion=row.pop("of"), **row) for row in counted]
        order = [*StudyQuestion.Occasion]
        return sorted(
            rows, key=lambda row: (row.scheme != Scheme.HOUSEHOLDS, order.index(row.occasion))
        )


def _count(**which: str) -> Count:
    return Count("pk", filter=Q(**which))


COUNTED = {
    "asked": Count("pk"),
    "answered": Count("pk", filter=~Q(answer="")),
    **{answer.value: _count(answer=answer) for answer in Answer},
    "work_here": _count(work=Work.HERE),
    "work_elsewhere": _count(work=Work.ELSEWHERE),
    "no_work": _count(work=Work.NOT_YET),
}


def years_asked() -> list[int]:
    days = StudyQuestion.objects.filter(times_asked__gte=1).dates("due_on", "year", order="DESC")
    return [day.year for day in days]
