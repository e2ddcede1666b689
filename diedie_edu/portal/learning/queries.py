"""What somebody has attended and served, from attendance alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _

from diedie_edu.activities.models import Attendance
from diedie_edu.activities.traits import topic_title
from diedie_edu.common.days import local_day
from diedie_edu.people.models import Resident
from diedie_edu.portal.certificates.queries import certificates_of
from diedie_edu.portal.learning.rules import Milestones, milestones
from diedie_edu.volunteering.models import Certificate
from diedie_edu.volunteering.queries.hours import hours_of as hours_served


@dataclass(frozen=True)
class Lesson:
    """One occasion that somebody attended."""

    title: str
    programme: str
    topic: str
    starts_at: datetime
    minutes: int

    @property
    def day(self) -> date:
        return local_day(self.starts_at)


@dataclass(frozen=True)
class Year:
    year: int
    lessons: list[Lesson]

    @property
    def hours(self) -> float:
        return hours_of(self.lessons)


class Record:
    """学习档案: everything one person has attended, the latest first. Two queries.

    Not the evenings of groups that people belong to: they are no lessons.
    """

    def __init__(self, resident: Resident, now: datetime) -> None:
        self.resident, self.now = resident, now

    @cached_property
    def lessons(self) -> list[Lesson]:
        rows = (
            Attendance.objects.filter(resident=self.resident, occasion__ends_at__lte=self.now)
            .filter(occasion__is_called_off=False, occasion__activity__is_ongoing=False)
            .select_related("occasion__activity__programme")
            .annotate(topic=topic_title("occasion__activity__"))
            .order_by("-occasion__starts_at", "-pk")
        )
        return [_lesson(row) for row in rows]

    def between(self, first_day: date, last_day: date) -> list[Lesson]:
        return [one for one in self.lessons if first_day <= one.day <= last_day]

    @property
    def years(self) -> list[Year]:
        return [
            Year(year, list(rows)) for year, rows in groupby(self.lessons, lambda one: one.day.year)
        ]

    @property
    def hours(self) -> float:
        return hours_of(self.lessons)

    @property
    def topics(self) -> list[tuple[str, float]]:
        """Topics with their hours, the most first."""
        minutes: dict[str, int] = defaultdict(int)
        for lesson in self.lessons:
            minutes[lesson.topic or lesson.programme] += lesson.minutes
        ranked = sorted(minutes.items(), key=lambda row: (-row[1], row[0]))
        return [(title, round(number / 60, 1)) for title, number in ranked]

    @property
    def milestones(self) -> Milestones:
        return milestones(sum(lesson.minutes for lesson in self.lessons))

    @cached_property
    def served_hours(self) -> float:
        """What a volunteer has served, as far as it is confirmed."""
        return round(hours_served(self.resident).minutes / 60, 1)


def _lesson(row: Attendance) -> Lesson:
    occasion = row.occasion
    length = occasion.ends_at - occasion.starts_at
    return Lesson(
        title=occasion.activity.title,
        programme=occasion.activity.programme.title,
        topic=row.topic,  # type: ignore[attr-defined]
        starts_at=occasion.starts_at,
        minutes=int(length.total_seconds() // 60),
    )


def hours_of(lessons: Sequence[Lesson]) -> float:
    return round(sum(lesson.minutes for lesson in lessons) / 60, 1)


def topics_of(lessons: Sequence[Lesson]) -> list[str]:
    """Each once, in the order in which they were first attended."""
    return list(dict.fromkeys(one.topic for one in reversed(lessons) if one.topic))


def exported(record: Record) -> dict[str, object]:
    """The record as a file its person owns; nothing of anybody else is in it."""
    return {
        "name": record.resident.full_name,
        "hours": record.hours,
        "served_hours": record.served_hours,
        "lessons": [
            {
                "day": lesson.day.isoformat(),
                "title": lesson.title,
                "topic": lesson.topic,
                "programme": lesson.programme,
                "minutes": lesson.minutes,
            }
            for lesson in record.lessons
        ],
        "certificates": [
            {"number": one.number, "hours": one.hours, "is_valid": not one.is_revoked}
            for one in certificates_of(record.resident, Certificate.Kind.LEARNING)
        ],
        "note": str(_("From the register of attendance; times without a check-in are not in it.")),
    }
