"""Short hands for tests about reviewing: criteria, reviewers, marks."""

from datetime import timedelta

from django.db import transaction

from diedie_edu.accounts.models import User
from edu_base.models import (
    Application,
    Criterion,
    Declaration,
    Intake,
    Part,
    Review,
    Reviewer,
    Score,
)
from tests.conftest import NOW


def make_criteria(intake: Intake, **weights: int) -> list[Criterion]:
    """Entered while the window had not opened yet; "papers" and "interview" by name and weight."""
    opens_on = intake.opens_on
    Intake.objects.filter(pk=intake.pk).update(
        opens_on=NOW.date() + timedelta(days=1), closes_on=NOW.date() + timedelta(days=60)
    )
    rows = [
        Criterion.objects.create(
            intake=intake, part=Part(name.partition("_")[0]), title_zh=name, weight=weight
        )
        for name, weight in (weights or {"papers": 60, "interview": 40}).items()
    ]
    Intake.objects.filter(pk=intake.pk).update(opens_on=opens_on, closes_on=intake.closes_on)
    return rows


def make_reviewer(intake: Intake, account: User, by: User | None = None) -> Reviewer:
    return Reviewer.objects.create(
        intake=intake, account=account, appointed_by=by or account, appointed_at=NOW
    )


def declare(reviewer: Reviewer, application: Application, tie: str = "none") -> Declaration:
    about = {"reviewer": reviewer, "application": application}
    return Declaration.objects.create(**about, tie=tie, at=NOW)


@transaction.atomic
def mark(reviewer: Reviewer, application: Application, **points: int) -> list[Review]:
    """Marks by the names of criteria, handed in for each part; ties are declared as none."""
    about = {"reviewer": reviewer, "application": application}
    Declaration.objects.get_or_create(**about, defaults={"tie": "none", "at": NOW})
    rows = []
    for part in Part:
        criteria = Criterion.objects.filter(intake=application.intake, part=part)
        if named := [row for row in criteria if row.title_zh in points]:
            review = Review.objects.create(**about, part=part, at=NOW)
            Score.objects.bulk_create(
                Score(review=review, criterion=row, points=points[row.title_zh]) for row in named
            )
            rows.append(review)
    return rows
