"""Several people at one budget at the same moment; beside each proof its control."""

import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from random import Random
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from diedie_edu.accounts.models import User
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.errors import Refused
from diedie_edu.common.money import times
from diedie_edu.decisions import rules as decision_rules
from diedie_edu.decisions.actions import deciding
from diedie_edu.decisions.kinds import canonical
from diedie_edu.office.actions import budgets, drafts, versions
from diedie_edu.office.models import BudgetLine, Document, State, Version
from diedie_edu.office.queries.contents import contents
from diedie_edu.office.queries.documents import last_version, open_version
from diedie_edu.office.rules.budgets import total
from diedie_edu.office.views import budgets as pages
from tests.support import office as short
from tests.support.office import NOW
from tests.support.races import PATIENCE, all_look_first, together
from tests.support.sent_forms import forms_on

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.large]
HERE = sys.modules[__name__]


def text_of(version: int) -> str:
    return canonical(contents([version])[version])


# --- 10,000 edits -----------------------------------------------------------------------

PEOPLE, SAVES, EDITS = 5, 80, 25
MOST = 8  # lines


class Bookkeeping:
    """What the edits that went through come to, and what was approved."""

    def __init__(self) -> None:
        self.came_to: list[Decimal] = []
        self.approved: dict[int, str] = {}
        self.answers: Counter[str] = Counter()


def random_lines(rows: list[BudgetLine], random: Random) -> tuple[list, list, Decimal]:
    """Some edits: lines that are new or changed, lines taken out, and what all of it comes to."""
    before = sum((times(row.quantity, row.price) for row in rows), Decimal(0))
    changed: dict[Any, BudgetLine] = {}
    out = []
    for _edit in range(EDITS):
        act = random.random()
        if not rows or (act < 0.1 and len(rows) < MOST):
            row = BudgetLine(key=uuid4(), title="讲课费", position=90)
            rows.append(row)
        elif act < 0.1 and rows[-1].pk:
            out.append(rows.pop())
            changed.pop(out[-1].key, None)
            continue
        else:
            row = random.choice(rows)
        row.category = random.choice(["venue", "speaker", "other"])
        row.quantity = Decimal(random.randint(1, 900)) / 100
        row.price = Decimal(random.randint(0, 90000)) / 100
        changed[row.key] = row
    after = sum((times(row.quantity, row.price) for row in rows), Decimal(0))
    return list(changed.values()), out, after - before


def save_sheet(document: Document, random: Random, by: User) -> Decimal:
    """As the page does it: the document is locked, its lines are read, changed and saved."""
    with transaction.atomic():
        drafts.lock_document(document.pk)
        version = drafts.begin(document=document, by=by, now=NOW)
        lines, out, change = random_lines(list(version.budgetline_rows.all()), random)
        budgets.save_lines(version=version.pk, lines=lines, out=out, by=by, now=NOW)
    return change


def review(document: Document, lead: User, branch_lead: User, book: Bookkeeping) -> None:
    """Submit what is a draft, and approve it as it is read."""
    version = open_version(document)
    if version is None:
        return
    Version.objects.filter(pk=version.pk, state=State.DRAFT).update(reason="再改。")
    short.submit(Version.objects.get(pk=version.pk), lead)
    short.decide(version, branch_lead)
    book.approved[version.pk] = text_of(version.pk)


def edit_at_random(
    seed: int, document: Document, lead: User, branch_lead: User, book: Bookkeeping
) -> None:
    random = Random(seed)
    for _save in range(SAVES):
        try:
            book.came_to.append(save_sheet(document, random, lead))
            if random.random() < 0.05:
                review(document, lead, branch_lead, book)
        except Refused as refusal:
            book.answers[refusal.code] += 1


def test_ten_thousand_edits_at_once(lead: User, branch_lead: User) -> None:
    """Totals are those of their lines and of all edits that went through; what was approved stays
    as it was read."""
    document, book = short.make_document(), Bookkeeping()
    assert PEOPLE * SAVES * EDITS == 10_000
    people = (
        partial(edit_at_random, seed, document, lead, branch_lead, book) for seed in range(PEOPLE)
    )
    together(*people)
    assert set(book.answers) <= {"not_draft", "not_waiting"}
    for version in Version.objects.all():
        assert version.total == total(version.budgetline_rows.all())
    last = last_version(document)
    assert last is not None
    assert last.total == sum(book.came_to)
    assert book.approved
    assert book.approved == {pk: text_of(pk) for pk in book.approved}


def read(line: BudgetLine) -> BudgetLine:
    return BudgetLine.objects.get(pk=line.pk)


def add_one(version: Version, line: BudgetLine, by: User) -> None:
    with transaction.atomic():
        drafts.lock_document(version.document_id)
        line = read(line)
        line.price += 1
        budgets.save_lines(version=version.pk, lines=[line], by=by, now=NOW)


@pytest.mark.parametrize("is_locked", [True, False])
def test_without_the_lock_an_edit_is_lost(
    is_locked: bool, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = short.begin(short.make_document(), lead)
    line = short.add_line(version)
    if not is_locked:
        monkeypatch.setattr(drafts, "lock_document", lambda pk: Document.objects.get(pk=pk))
        all_look_first(monkeypatch, HERE, "read", 2)
    together(*[partial(add_one, version, line, lead)] * 2)
    line.refresh_from_db()
    assert line.price == (302 if is_locked else 301)


# --- Old sheets -------------------------------------------------------------------------

ROUNDS = 8
STEPS = (1, 100, 10_000)  # of each who saves, so that no two type the same


def add_on_the_page(client: Client, address: str, step: int) -> int:
    """What was saved beside what the sheet showed: the step, or nothing where it was refused."""
    forms = forms_on(client.get(address).text, address)
    [form] = [form for form in forms if "lines-TOTAL_FORMS" in form.controls]
    [shown] = form.controls["lines-0-price"].values
    answer = form.typing({"lines-0-price": [str(Decimal(shown) + step)]}).send(client)
    assert answer.status_code in (200, 302)
    return step if answer.status_code == 302 else 0


def test_of_sheets_sent_at_once_only_those_are_saved_that_showed_what_stood(
    lead: User, other_lead: User, as_user: Callable[[User], Client]
) -> None:
    version = short.begin(short.make_document(), lead)
    line = short.add_line(version)
    address = reverse("office:budget", args=[version.pk])
    saved: list[int] = []

    def work(client: Client, step: int) -> None:
        saved.extend(add_on_the_page(client, address, step) for _round in range(ROUNDS))

    people = zip((lead, other_lead, lead), STEPS, strict=True)
    together(*(partial(work, as_user(who), step) for who, step in people))
    assert saved.count(0) < len(saved) == 3 * ROUNDS
    line.refresh_from_db()
    assert line.price == 300 + sum(saved)


def test_sheets_that_are_not_locked_undo_each_other(
    lead: User,
    other_lead: User,
    as_user: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: both are compared before either is saved."""
    version = short.begin(short.make_document(), lead)
    line = short.add_line(version)
    address, barrier, save = reverse("office:budget", args=[version.pk]), Barrier(2), pages._save

    def slow(*facts: Any) -> None:
        barrier.wait(PATIENCE)
        save(*facts)

    monkeypatch.setattr(pages, "lock_document", lambda _pk: None)
    monkeypatch.setattr(EditForm, "lock", lambda _form, rows: list(rows))
    monkeypatch.setattr(pages, "_save", slow)
    clients = [as_user(lead), as_user(other_lead)]
    steps = STEPS[:2]
    calls = (
        partial(add_on_the_page, one, address, step)
        for one, step in zip(clients, steps, strict=True)
    )
    assert together(*calls) == [*steps]
    line.refresh_from_db()
    assert line.price in {300 + step for step in steps}


# --- 200 approvals ----------------------------------------------------------------------

APPROVALS, PAIRS = 200, 2


def approve_what_was_seen(seen: dict[int, str], by: User, answers: Counter[str]) -> None:
    for version, shown in seen.items():
        decision = decision_rules.Decision(what="approved", seen=shown, reason="")
        try:
            request = short.request_of(Version.objects.get(pk=version))
            deciding.decide(request=request, decision=decision, by=by, now=NOW)
            answers["approved"] += 1
        except Refused as refusal:
            answers[refusal.code] += 1
        except AssertionError:
            answers["taken back"] += 1  # nothing waits at this moment


def edit_and_send_again(numbers: list[int], by: User, answers: Counter[str]) -> None:
    for number in numbers:
        version = Version.objects.get(pk=number)
        try:
            versions.take_back(version=version, by=by, now=NOW)
            line = version.budgetline_rows.get()
            line.price += 1
            budgets.save_lines(version=number, lines=[line], by=by, now=NOW)
            short.submit(version, by)
            answers["edited"] += 1
        except Refused as refusal:
            answers[f"edit {refusal.code}"] += 1


def submitted(number: int, by: User) -> list[int]:
    made = []
    for year in range(2000, 2000 + number):
        version = short.begin(short.make_document(year=year), by)
        short.add_line(version)
        version.refresh_from_db()
        short.submit(version, by)
        made.append(version.pk)
    return made


def test_what_is_approved_is_byte_for_byte_what_was_shown(lead: User, branch_lead: User) -> None:
    numbers, answers = submitted(APPROVALS, lead), Counter[str]()
    seen = {number: text_of(number) for number in numbers}
    calls: list[Callable[[], None]] = []
    for start in range(PAIRS):
        own = numbers[start::PAIRS]
        back = own[::-1]  # they meet in the middle, and around it
        of_own = {number: seen[number] for number in own}
        calls += [
            partial(approve_what_was_seen, of_own, branch_lead, answers),
            partial(edit_and_send_again, back, lead, answers),
        ]
    together(*calls)
    approved = Version.objects.filter(state=State.APPROVED).values_list("pk", flat=True)
    assert len(approved) == answers["approved"]
    assert {number: text_of(number) for number in approved} == {
        number: seen[number] for number in approved
    }
    assert answers["changed"]
    assert answers["approved"] + answers["edited"] == APPROVALS


def test_an_approval_that_is_not_compared_approves_something_else(
    lead: User, branch_lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    [number] = submitted(1, lead)
    seen, answers = {number: text_of(number)}, Counter[str]()
    edit_and_send_again([number], lead, answers)
    monkeypatch.setattr(decision_rules, "check_decision", lambda *_facts: None)
    approve_what_was_seen(seen, branch_lead, answers)
    assert answers["approved"]
    assert text_of(number) != seen[number]
