"""Reads of lectures."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from diedie_edu.activities.models import Activity, SignUp
from diedie_edu.activities.queries import occasions
from diedie_edu.common.composed import Composed, number_of
from diedie_edu.common.names import reads_as
from diedie_edu.people.models import Resident
from diedie_edu.volunteering.models import Duty
from residents_school.models import Lecture
from residents_school.rules import invitations

PER_PAGE = 12
# Plan 三(二): expert volunteers and the lecturers' team.
WHO_CAN_SPEAK = Q(is_active=True, kinds__overlap=list(invitations.SPEAKER_KINDS))


def lectures() -> QuerySet[Any]:
    """Lectures with all that their pages show, in one query."""
    # The checker of types does not know a filtered relation.
    rows: Any = Lecture.objects.annotate(  # type: ignore[no-redef]
        occasion=FilteredRelation("occasions")
    )
    return rows.annotate(
        starts_at=F("occasion__starts_at"), ends_at=F("occasion__ends_at")
    ).select_related("topic__area", "partner", "occasion__venue")


def lectures_ahead(now: datetime) -> QuerySet[Any]:
    """What residents see: announced and not over, soonest first; called-off ones too.

    Only what a card shows is read with them: this is the page most looked at.
    """
    return (
        announced_lectures()
        .select_related(None)
        .select_related("topic", "occasion__venue")
        .filter(ends_at__gt=now)
        .order_by("starts_at", "pk")
    )


class Ahead:
    """`lectures_ahead` for a `Paginator`, each page's query composed once."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def count(self) -> int:
        return NUMBER_AHEAD.rows(now=self.now)[0]

    def __getitem__(self, rows: slice) -> list[Any]:
        return _page(rows.start).rows(now=self.now) if rows.start < rows.stop else []


NUMBER_AHEAD = Composed[int](lambda now: number_of(lectures_ahead(now)), now=datetime)


@lru_cache(32)
def _page(start: int) -> Composed[Any]:
    return Composed(lambda now: lectures_ahead(now)[start : start + PER_PAGE], now=datetime)


def next_lectures(now: datetime, number: int) -> list[Lecture]:
    return list(lectures_ahead(now).exclude(state=Activity.State.CALLED_OFF)[:number])


def announced_lectures() -> QuerySet[Any]:
    """Every lecture a visitor may open, past ones too."""
    return lectures().filter(occasions.announced())


announced_lecture = Composed[Any](lambda pk: announced_lectures().filter(pk=pk), pk=int)


def planned_lectures() -> QuerySet[Any]:
    """What staff see: drafts too, with the length of the queue."""
    return lectures().annotate(waiting=occasions.number_waiting())


def speaker_names(lecture: Lecture) -> list[str]:
    """Who gives it, for pages that say no more of them."""
    return [str(duty.volunteer) for duty in speakers(lecture)]


SPEAKERS = Composed[Duty](
    lambda occasion: (
        Duty.objects.filter(occasion=occasion, work=Duty.Work.SPEAKER)
        .exclude(volunteer=None)
        .select_related("volunteer__resident")
        .order_by("id")
    ),
    occasion=int,
)


def speakers(lecture: Lecture) -> list[Duty]:
    """Who gives it."""
    return SPEAKERS.rows(occasion=lecture.occasion.pk)


def speaker_ids(lecture_id: int) -> list[int]:
    """Volunteers (ids) who give it."""
    rows = Duty.objects.filter(occasion__activity_id=lecture_id, work=Duty.Work.SPEAKER)
    return list(rows.exclude(volunteer=None).values_list("volunteer", flat=True))


def lectures_given_by(words: str) -> QuerySet[Any]:
    """Ids of lectures with a speaker whose name holds `words`."""
    named = Duty.objects.filter(work=Duty.Work.SPEAKER, volunteer__resident__name_key__holds=words)
    return named.values("occasion__activity_id")


def mentioning(found: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those of some lectures whose topic, title, speaker or place holds `words`, or reads so in
    pinyin."""
    shown = ("title", "topic__title_zh", "occasion__venue__title_zh")
    holds = ("summary", "topic__title_en", "partner__title", "occasion__venue__title_en")
    like = Q(pk__in=lectures_given_by(words))
    for column in (*shown, *holds):
        like |= Q(**{f"{column}__mentions": words})
    if words.isascii() and words.replace(" ", "").isalpha():
        rows = found.values_list("pk", *shown)
        like |= Q(pk__in=[pk for pk, *texts in rows if any(reads_as(one, words) for one in texts)])
    return found.filter(like)


def with_own_sign_ups(page: list[Any], family: list[Resident]) -> list[Any]:
    """Mark each lecture with the reader's own live sign-up, in one query."""
    rows = SignUp.objects.filter(
        activity__in=[lecture.pk for lecture in page],
        resident__in=family,
        status__in=SignUp.LIVE,
    )
    own = {row.activity_id: row for row in rows}
    for lecture in page:
        lecture.sign_up = own.get(lecture.pk)
    return page
