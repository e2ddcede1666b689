"""Lectures as rows of a list."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from diedie_edu.activities.models import Attendance
from diedie_edu.common.days import local
from diedie_edu.common.spreadsheets.columns import Column
from diedie_edu.lists.kinds import Exported
from diedie_edu.people.lists.skills import words_of_topics
from diedie_edu.people.models import Topic
from diedie_edu.volunteering.models import Duty
from residents_school.lists.columns import COUNTED, lecture_columns
from residents_school.lists.speakers import speakers_by_lecture, word_of
from residents_school.models import LectureSeries
from residents_school.queries.lectures import planned_lectures

CHUNK = 500


def exported_lectures(today: date) -> Exported:
    """All lectures, the next ones first in time; rows are fetched as they are written."""
    return _exported(planned_lectures(), Duty.objects.all())


def lectures_of_series(today: date, series: int) -> Exported | None:
    """Those that were planned together (the number of their series), None where none were."""
    if not LectureSeries.objects.filter(pk=series).exists():
        return None
    duties = Duty.objects.filter(occasion__activity__lecture__series=series)
    return _exported(planned_lectures().filter(series=series), duties)


def _exported(lectures: QuerySet[Any], duties: QuerySet[Duty]) -> Exported:
    topics = list(Topic.objects.select_related("area"))
    columns: list[Column] = [*lecture_columns(topics), *COUNTED]
    return columns, _rows(_with_who_came(lectures), duties, words_of_topics(topics))


def _rows(
    lectures: QuerySet[Any], duties: QuerySet[Duty], topics: dict[int, str]
) -> Iterator[dict[str, Any]]:
    speakers = speakers_by_lecture(duties)
    for lecture in lectures.iterator(chunk_size=CHUNK):
        starts_at, ends_at = local(lecture.starts_at), local(lecture.ends_at)
        yield {
            "number": lecture.pk,
            "title": lecture.title,
            "topic": topics[lecture.topic_id],
            "summary": lecture.summary,
            "outline": lecture.outline,
            "day": starts_at.date(),
            "starts": starts_at.time(),
            "ends": ends_at.time(),
            "venue": lecture.occasion.venue.title,
            "speakers": "、".join(map(word_of, speakers[lecture.pk])),
            "partner": lecture.partner.title if lecture.partner else "",
            "capacity": lecture.capacity,
            "sign_up_opens_at": lecture.sign_up_opens_at,
            "sign_up_closes_at": lecture.sign_up_closes_at,
            "state": lecture.state,
            "taken": lecture.taken,
            "waiting": lecture.waiting,
            "came": lecture.came or 0,
        }


def _with_who_came(lectures: QuerySet[Any]) -> QuerySet[Any]:
    came = Attendance.objects.filter(occasion__activity=OuterRef("pk")).order_by()
    counted = came.values("occasion__activity").annotate(number=Count("pk")).values("number")
    return lectures.annotate(came=Subquery(counted)).order_by("starts_at", "pk")
