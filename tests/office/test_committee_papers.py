"""What the party committee handed down, and what the database itself holds of plans."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.errors import Refused
from diedie_edu.office.actions import scans
from diedie_edu.office.models import CommitteePaper, Tick, Work
from diedie_edu.office.queries.board import board
from tests.support import office as short
from tests.support.hostile_files import PDF
from tests.support.office import NOW

pytestmark = pytest.mark.django_db
YEAR, BASE = 2027, "edu-base"


def make_paper(by: User, **facts: Any) -> CommitteePaper:
    given = {
        "programme": BASE,
        "year": YEAR,
        "what": "money",
        "title": "助学金",
        "amount": 50000,
        "number": "叠二党〔2027〕8号",
        "issued_on": date(YEAR, 3, 1),
    }
    paper = CommitteePaper(**given | facts)
    scans.keep_committee_paper(paper=paper, data=PDF, by=by, now=NOW)
    return paper


def test_a_paper_stands_on_the_board(staff_user: User, lead: User, as_user: Any) -> None:
    paper = make_paper(staff_user)
    rows = {row.programme.slug: row for row in board(YEAR, {EVERYWHERE}, NOW)}
    assert rows[BASE].papers == [paper]
    with pytest.raises(Refused, match="录入过"):
        make_paper(staff_user)
    page = as_user(staff_user).get(f"/desk/office/board/{YEAR}/").content.decode()
    assert "¥50,000.00" in page
    assert paper.scan is not None
    assert as_user(staff_user).get(f"/files/{paper.scan.key}").status_code == 200
    assert as_user(lead).get(f"/files/{paper.scan.key}").status_code == 404


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("money_of_the_committee_has_a_sum", {"amount": None}),
        ("money_of_the_committee_has_a_sum", {"what": "plan", "amount": 1}),
        ("committee_paper_is_named", {"number": ""}),
    ],
)
def test_the_database_refuses_half_a_paper(name: str, facts: Any, staff_user: User) -> None:
    """And `committee_papers_are_never_emptied`, `committee_paper_once`: tried above and below."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make_paper(staff_user, **facts)


def test_a_milestone_is_ticked_once(lead: User) -> None:
    """`a_milestone_is_ticked_once`"""
    document = short.make_document(Work.PLAN)
    key = "00000000-0000-4000-8000-000000000001"
    facts = {"document": document, "key": key, "done_on": NOW.date(), "by": lead}
    Tick.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tick.objects.create(**facts)
