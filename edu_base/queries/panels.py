"""What reviewing brings to the desk of the education base, and to the applicant's page."""

from collections.abc import Iterator
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.parts import Panel
from edu_base.models import Application, Interview, State
from edu_base.queries.review import numbers_by_sort
from edu_base.queries.reviewers import appointments_of


def of_review(user: User, now: datetime) -> Iterator[Panel]:
    """How many applications stand where, and whether the reader is a reviewer."""
    facts = {"numbers": numbers_by_sort(), "is_reviewer": appointments_of(user).exists()}
    yield Panel(10, "edu_base/review_panel.html", facts)


def own_interview(application: Application, user: User, now: datetime) -> Iterator[Panel]:
    """Day and place, until it has been held."""
    row = Interview.objects.filter(application=application).first()
    if row is not None and application.state == State.ELIGIBLE:
        yield Panel(20, "edu_base/own_interview.html", {"interview": row})
