"""Two at once: a form that is sent twice, and two of the staff who see to the same."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from happy_square.actions import complaints, findings
from happy_square.models import Complaint, Finding, Group, Visit
from tests.conftest import NOW
from tests.happy_square.conftest import IN_A_WEEK
from tests.support.races import all_look_first, together

pytestmark = pytest.mark.django_db(transaction=True)
FOUND = findings.Found("noise", "晚上音响太大", IN_A_WEEK)


@pytest.fixture
def complaint(group: Group) -> Complaint:
    told = complaints.Told(about="noise", words="太吵", group=group, phone="13812345678")
    sent = {"sheet": uuid4(), "address": "10.0.0.1", "language": "zh-hans", "now": NOW}
    return complaints.complain(told=told, **sent)


def answer_of(call: Callable[[], object]) -> Callable[[], str]:
    def run() -> str:
        try:
            call()
        except Refused as refusal:
            return refusal.code
        return "done"

    return run


def test_a_visit_that_is_sent_twice_at_once_is_one(group: Group, staff_user: User) -> None:
    sent = {"group": group, "sheet": uuid4(), "in_order": [], "by": staff_user, "now": NOW}
    call = lambda: findings.enter_visit(found=[FOUND], **sent)  # noqa: E731
    assert len({visit.pk for visit in together(call, call, call)}) == 1
    assert (Visit.objects.count(), Finding.objects.count()) == (1, 1)


def find_twice(complaint: Complaint, staff_user: User) -> list[str]:
    after = {"complaint": complaint, "found": FOUND, "by": staff_user, "now": NOW}
    call = answer_of(lambda: findings.find_after(**after))
    return sorted(together(call, call))


def test_a_complaint_becomes_one_finding(complaint: Complaint, staff_user: User) -> None:
    assert find_twice(complaint, staff_user) == ["done", "has_finding"]
    assert Finding.objects.count() == 1


def test_without_the_lock_it_becomes_two(
    complaint: Complaint, staff_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = Complaint.objects.select_related("group", "venue")
    monkeypatch.setattr(complaints, "locked_complaint", lambda row: rows.get(pk=row.pk))
    all_look_first(monkeypatch, complaints, "locked_complaint", threads=2)
    assert find_twice(complaint, staff_user) == ["done", "done"]


def test_an_answer_and_the_end_do_not_cross(group: Group, leader: User, staff_user: User) -> None:
    """Whichever comes second sees the first: staff close nothing of which they have not read the
    last word, and nobody answers what is closed."""
    finding = findings.find(found=FOUND, group=group, by=staff_user, now=NOW)
    said = {"finding": finding, "words": "好", "now": NOW}
    answers = together(
        answer_of(lambda: findings.answer(by=leader, **said)),
        answer_of(lambda: findings.close(by=staff_user, **said)),
    )
    assert answers in (["done", "said_more"], ["closed", "done"])
