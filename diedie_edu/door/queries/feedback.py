"""What people said: of one occasion, and of all that a speaker has given."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from diedie_edu.activities.models import Attendance
from diedie_edu.common.belonging import within
from diedie_edu.door.models import Feedback
from diedie_edu.door.rules import feedback
from diedie_edu.volunteering.models import Duty

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
    """What was said of all that one volunteer has given."""

    name: str
    occasions: int
    sums: Sums


def speakers_sums(scopes: Collection[str]) -> list[SpeakersSums]:
    """Of every speaker whom anything was said of, by pinyin; two queries."""
    given = _given(scopes)
    rows = defaultdict(list)
    for row in _counted(
        Q(attendance__occasion__in={one for ones in given.values() for one in ones})
    ):
        rows[row["attendance__occasion"]].append(row)
    return [
        SpeakersSums(name, len(occasions), _together(occasions, rows))
        for (_volunteer, name), occasions in given.items()
        if any(one in rows for one in occasions)
    ]


def _given(scopes: Collection[str]) -> dict[tuple[int, str], list[int]]:
    """The occasions that each speaker (id and name) has given."""
    duties = within(Duty.objects, scopes).filter(
        work=Duty.Work.SPEAKER, volunteer__isnull=False, is_off=False
    )
    found = defaultdict(list)
    for volunteer, name, occasion in duties.order_by(
        "volunteer__resident__sort_key", "volunteer", "starts_at"
    ).values_list("volunteer", "volunteer__resident__full_name", "occasion"):
        found[volunteer, name].append(occasion)
    return found


def _together(occasions: Iterable[int], rows: dict[int, list[dict]]) -> Sums:
    numbers = {one: sum(row["number"] for row in rows.get(one, [])) for one in occasions}
    sums = Sums()
    for occasion in feedback.counted_together(numbers):
        for row in rows.get(occasion, []):
            sums.add(row)
    return sums


def _counted(which: Q) -> QuerySet:
    """Whole answers, alike ones together."""
    whole = Feedback.objects.filter(which).exclude(use="").exclude(level="").exclude(again="")
    return whole.values("attendance__occasion", *QUESTIONS).annotate(number=Count("pk"))
