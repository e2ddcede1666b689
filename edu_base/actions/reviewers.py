"""Who marks a class, whom they know, and what they give.

Lock order: applications by their numbers → reviewers → the rest.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused, constraint_of
from diedie_edu.notices.actions import notify
from edu_base import review_messages as messages
from edu_base.actions.steps import lock_application
from edu_base.models import Application, Criterion, Declaration, Intake, Review, Reviewer, Score
from edu_base.queries.concerned import is_concerned
from edu_base.rules import review as rules


@transaction.atomic
def appoint(*, intake: Intake, account: User, by: User, now: datetime) -> Reviewer:
    """Appoint an account for a class; it hears. Twice is harmless."""
    row, is_new = Reviewer.objects.get_or_create(
        intake=intake,
        account=account,
        ended_at=None,
        defaults={"appointed_by": by, "appointed_at": now},
    )
    if is_new:
        notify(
            kind=messages.APPOINTED,
            accounts=[account.pk],
            subject=messages.INTAKE.of(intake.pk),
            revision=row.pk,
            data={"title_zh": intake.title_zh, "title_en": intake.title_en},
            now=now,
        )
    return row


def end(*, reviewer: Reviewer, now: datetime) -> None:
    """No more; what was marked counts."""
    Reviewer.objects.filter(pk=reviewer.pk, ended_at=None).update(ended_at=now)


@transaction.atomic
def declare(*, reviewer: Reviewer, ties: Mapping[int, str], now: datetime) -> None:
    """What a reviewer says of applications (ids) whose names are covered. A tie that was declared
    stays; one that comes to mind later is added."""
    Declaration.objects.bulk_create(
        [
            Declaration(reviewer=reviewer, application_id=number, tie=tie, at=now)
            for number, tie in sorted(ties.items())
        ],
        ignore_conflicts=True,
    )
    for number, tie in ties.items():
        if tie != Declaration.Tie.NONE:
            rows = Declaration.objects.filter(reviewer=reviewer, application=number)
            rows.filter(tie=Declaration.Tie.NONE).update(tie=tie, at=now)


@transaction.atomic
def hand_in(
    *,
    application: Application,
    reviewer: Reviewer,
    part: str,
    points: Mapping[int, int],
    note: str = "",
    now: datetime,
) -> Review:
    """The marks of one reviewer for one part, by criterion (ids), whole and for good; the same form
    sent twice hands in once.

    Raises `Refused` (`undeclared`, `tied`, `concerned`, `not_now`, `enough`, `incomplete`).
    """
    locked = lock_application(application.pk)
    given = Review.objects.filter(application=locked, part=part, taken_back_at=None)
    if own := given.filter(reviewer=reviewer).first():
        return own
    rules.check_has_no_tie(reviewer.declarations.filter(application=locked).first())
    rules.check_not_concerned(is_concerned(reviewer.account, locked))
    rules.check_may_mark(locked, part, given.count())
    criteria = Criterion.objects.filter(intake=locked.intake, part=part)
    rules.check_complete(set(criteria.values_list("pk", flat=True)), points)
    review = Review.objects.create(
        application=locked, reviewer=reviewer, part=part, note=note, at=now
    )
    Score.objects.bulk_create(
        Score(review=review, criterion_id=number, points=mark) for number, mark in points.items()
    )
    return review


@transaction.atomic
def take_back(*, review: Review, reason: str, by: User, now: datetime) -> None:
    """A mistake: the reviewer marks anew. Raises `Refused` (`ranked`, `no_reason`)."""
    locked = lock_application(review.application_id)
    rules.check_may_take_back(locked)
    rules.check_says_why(reason)
    rows = Review.objects.filter(pk=review.pk, taken_back_at=None)
    rows.update(taken_back_at=now, taken_back_by=by, taken_back_reason=reason.strip())


# --- Criteria --------------------------------------------------------------------------


FIXED = "weights_are_fixed_once_the_window_opens"


def save_criterion(criterion: Criterion) -> None:
    """Enter or change one. Raises `Refused` (`fixed`, `same`)."""
    try:
        with transaction.atomic():
            criterion.save()
    except IntegrityError as error:
        raise _refusal(error) from error


def remove_criterion(criterion: Criterion) -> None:
    """Raises `Refused` (`fixed`)."""
    try:
        with transaction.atomic():
            criterion.delete()
    except IntegrityError as error:
        raise _refusal(error) from error


def _refusal(error: IntegrityError) -> Refused:
    match constraint_of(error):
        case "weights_are_fixed_once_the_window_opens":
            return Refused("fixed", _("Criteria are fixed from the day the window opens."))
        case "criterion_once_in_a_class":
            return Refused("same", _("There is a criterion of this name already."), "title_zh")
    raise error
