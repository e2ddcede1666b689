"""From applications to students in the demo season: marked, ranked, in public, admitted."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from diedie_edu.accounts.models import User
from diedie_edu.common.calendar import known_calendar
from diedie_edu.common.days import local_day
from edu_base.actions import announcing, interviews, proposing, ranking, review, reviewers
from edu_base.demo.applicants import Facts
from edu_base.models import Application, Criterion, Declaration, Intake, Review, Reviewer, State
from edu_base.models.marks import Part
from edu_base.rules.places import seen_as

DAY = timedelta(days=1)


def set_criteria(facts: Facts, intake: Intake, now: datetime) -> None:
    """As if it had been in spring: they are fixed from the day the window opens."""
    days = {"opens_on": intake.opens_on, "closes_on": intake.closes_on}
    ahead = local_day(now) + DAY
    rows = Intake.objects.filter(pk=intake.pk)
    rows.update(opens_on=ahead, closes_on=max(ahead, intake.closes_on))
    for place, (part, title, english, weight) in enumerate(facts["criteria"]):
        reviewers.save_criterion(
            Criterion(
                intake=intake,
                part=part,
                title_zh=title,
                title_en=english,
                weight=weight,
                place=place,
            )
        )
    rows.update(**days)


def rank(intake: Intake, marks: dict[Application, int], by: User, at: datetime) -> None:
    """All meet the conditions, are seen in the community's hall, and have their marks."""
    reviewer = reviewers.appoint(intake=intake, account=by, by=by, now=at)
    none = {row.pk: Declaration.Tie.NONE for row in marks}
    reviewers.declare(reviewer=reviewer, ties=none, now=at)
    for row, mark in marks.items():
        about: Facts = {"application": row, "by": by}
        review.decide(to=State.ELIGIBLE, now=at, **about)
        place: Facts = {"starts_at": at + 3 * DAY, "place": "多功能厅"}
        interviews.set_interview(now=at, **place, **about)
        _mark(row, reviewer, Part.PAPERS, mark, at + DAY)
        review.decide(to=State.INTERVIEWED, now=at + 3 * DAY, **about)
        _mark(row, reviewer, Part.INTERVIEW, mark, at + 3 * DAY)
    ranking.rank(intake=intake, by=by, now=at + 4 * DAY)


def _mark(
    application: Application, reviewer: Reviewer, part: Part, mark: int, at: datetime
) -> Review:
    rows = Criterion.objects.filter(intake=application.intake, part=part)
    points = {row.pk: min(100, mark + place) for place, row in enumerate(rows)}
    return reviewers.hand_in(
        application=application, reviewer=reviewer, part=part, points=points, now=at
    )


def propose(intake: Intake, number: int, by: User, at: datetime) -> None:
    """The first so many of the ranking; the others are reserves."""
    lines = proposing.plan(intake, number=number, fills_reserve=True)
    seen = seen_as(lines)
    proposing.propose_batch(
        intake=intake, number=number, fills_reserve=True, seen=seen, by=by, now=at
    )


def announce(intake: Intake, by: User, at: datetime) -> datetime:
    """All who are proposed, from the next working day on; when the last day has passed."""
    calendar, day = known_calendar(), local_day(at)
    first_on = day if calendar.is_working_day(day) else calendar.working_day_after(day, 1)
    numbers = list(_at(intake, State.PROPOSED).values_list("pk", flat=True))
    made = announcing.announce(intake=intake, numbers=numbers, first_on=first_on, by=by, now=at)
    return at + (made.last_on - day) + 2 * DAY


def confirm(intake: Intake, paper: str, by: User, at: datetime) -> None:
    numbers = list(_at(intake, State.ANNOUNCED).values_list("pk", flat=True))
    resolved = announcing.Resolved(local_day(at), paper, numbers, {})
    announcing.resolve(intake=intake, resolved=resolved, by=by, now=at)


def admit(intake: Intake, by: User, at: datetime) -> list[Application]:
    """The college's list names them all."""
    for row in _at(intake, State.CONFIRMED):
        announcing.admit(application=row, by=by, now=at)
    return list(_at(intake, State.ADMITTED).order_by("rank"))


def _at(intake: Intake, state: State) -> QuerySet[Application]:
    return Application.objects.filter(intake=intake, state=state).select_related("intake", "person")
