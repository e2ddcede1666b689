"""What waits, on the desk of the education base."""

from collections.abc import Iterator
from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.common.parts import Panel
from edu_base.queries.review import numbers_by_sort
from edu_base.queries.reviewers import appointments_of


def of_review(user: User, now: datetime) -> Iterator[Panel]:
    """How many applications stand where, and whether the reader is a reviewer."""
    facts = {"numbers": numbers_by_sort(), "is_reviewer": appointments_of(user).exists()}
    yield Panel(10, "edu_base/review_panel.html", facts)
