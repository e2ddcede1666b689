"""What people said: of one occasion, and of what a speaker has given lately."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from django.db.models import Count, Q, QuerySet

from diedie_edu.activities.models import Attendance
from diedie_edu.common.belonging import within
from diedie_edu.door.models import Feedback
from diedie_edu.door.rules import feedback
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty

LATELY = timedelta(days=2 * 365)  # answers that are older say little of whom one would ask again
QUESTIONS = ("use", "level", "again")


@dataclass
class Sums:
    """How many gave which answer to each question; nothing where they are too few."""

    answers: int = 0
    counts: dict[str, Counter] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, row: dict[str, Any]) -> None:
        self.answers += row["number"]
        for question in QUESTIONS:
            self.counts[question][row[question]] += row["number"]

    @property
    def is_shown(self) -> bool:
        return feedback.is_enough(self.answers)

    @property
    def charts(self) -> list[tuple[str, str, list[tuple[str, int]]]]:
        """Key, question and rows of each question, in the order of its answers."""
        return [self._chart(question) for question in QUESTIONS] if self.is_shown else []

    def _chart(self, question: str) -> tuple[str, str, list[tuple[str, int]]]:
        column: Any = Feedback._meta.get_field(question)
        rows = [(str(label), self.counts[question][key]) for key, label in column.choices]
        return question, str(column.verbose_name), rows


def attendance_to_judge(pk: int) -> Attendance | None:
    rows = Attendance.objects.select_related("occasion__activity", "occasion__venue", "feedback")
    return rows.filter(pk=pk, occasion__is_called_off=False).first()


def feedback_sums(occasion_id: int) -> Sums:
    sums = Sums()
    for row in _counted(Q(attendance__occasion=occasion_id)):
        sums.add(row)
    return sums


def feedback_words(occasion_id: int) -> list[str]:
    """What people wrote, for the staff; in no order that tells who."""
    rows = Feedback.objects.filter(attendance__occasion=occasion_id).exclude(words="")
    return sorted(rows.values_list("words", flat=True))


@dataclass(frozen=True)
class SpeakersSums:
    """What was said of all that one volunteer has given within `LATELY`."""

    name: str
    occasions: int
    sums: Sums


def speakers(scopes: Collection[str], now: datetime) -> QuerySet[Volunteer]:
    """Everybody who has spoken since `LATELY`, by pinyin."""
    given = _given(scopes, now).values("volunteer")
    found = Volunteer.objects.filter(pk__in=given)
    return found.select_related("resident").order_by("resident__sort_key", "pk")


def speakers_sums(
    scopes: Collection[str], them: Iterable[Volunteer], now: datetime
) -> list[SpeakersSums]:
    """Of some speakers; two queries."""
    given: dict[int, list[int]] = {one.pk: [] for one in them}
    duties = _given(scopes, now).filter(volunteer__in=given).order_by("starts_at")
    for volunteer, occasion in duties.values_list("volunteer", "occasion"):
        given[volunteer].append(occasion)
    rows = defaultdict(list)
    for row in _counted(Q(attendance__occasion__in=[*chain.from_iterable(given.values())])):
        rows[row["attendance__occasion"]].append(row)
    names = {one.pk: one.resident.full_name for one in them}
    return [
        SpeakersSums(names[pk], len(occasions), _together(occasions, rows))
        for pk, occasions in given.items()
    ]


def _given(scopes: Collection[str], now: datetime) -> QuerySet[Duty]:
    """The duties of those who speak, since `LATELY`."""
    rows = within(Duty.objects, scopes).filter(
        work=Duty.Work.SPEAKER, is_off=False, starts_at__gt=now - LATELY
    )
    return rows.exclude(volunteer=None).order_by()


def _together(occasions: Iterable[int], rows: dict[int, list[dict]]) -> Sums:
    numbers = {one: sum(row["number"] for row in rows.get(one, [])) for one in occasions}
    sums = Sums()
    for occasion in feedback.counted_together(numbers):
        for row in rows.get(occasion, []):
            sums.add(row)
    return sums


def _counted(which: Q) -> QuerySet:
    """Whole answers, alike ones together."""
    return (
        _whole()
        .filter(which)
        .values("attendance__occasion", *QUESTIONS)
        .annotate(number=Count("pk"))
    )


def _whole() -> QuerySet[Feedback]:
    return Feedback.objects.exclude(use="").exclude(level="").exclude(again="")
