"""Lines of a budget: in order, added up, copied, moved between; and what the database holds."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused
from diedie_edu.office.actions import budgets
from diedie_edu.office.models import BudgetItem, BudgetLine, Category, State, Version
from diedie_edu.office.queries.budgets import compared, earlier
from diedie_edu.office.rules.budgets import check_amount, in_order, sections, set_amount
from tests.support import office as short
from tests.support.office import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(lead: User) -> Version:
    """讲课费 600, 教材 120.50, 横幅 80."""
    version = short.begin(short.make_document(), lead)
    short.add_line(version)
    short.add_line(version, title="教材", category="materials", quantity=50, price=Decimal("2.41"))
    short.add_line(version, title="横幅", category="publicity", quantity=1, price=Decimal(80))
    version.refresh_from_db()
    return version


@pytest.fixture
def approved(draft: Version, lead: User, branch_lead: User) -> Version:
    short.submit(draft, lead)
    return short.decide(draft, branch_lead)


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda refusal: refusal.code == code)


def titles(version: Version) -> list[str]:
    return list(version.budgetline_rows.order_by("position").values_list("title", flat=True))


def line(version: Version, title: str) -> BudgetLine:
    return version.budgetline_rows.get(title=title)


# --- In order ---------------------------------------------------------------------------


def test_lines_stand_by_category_and_new_ones_at_its_end(draft: Version, lead: User) -> None:
    new = BudgetLine(
        key=uuid4(), category="speaker", title="课酬", quantity=1, price=1, position=90
    )
    saved = budgets.save_lines(version=draft.pk, lines=[new], by=lead, now=NOW)
    assert titles(draft) == ["讲课费", "课酬", "教材", "横幅"]
    assert saved.total == Decimal("801.50")
    assert new.item.key == new.key


def test_a_line_is_moved_to_the_place_that_its_number_names() -> None:
    rows = [
        BudgetLine(pk=n, key=uuid4(), category="other", title=f"{n}", position=n)
        for n in range(1, 5)
    ]
    for number, place, order in ((4, 2, "1423"), (1, 3, "2314"), (2, 1, "2134"), (1, 90, "2341")):
        rows[number - 1].position = place
        stand = in_order(rows, {rows[number - 1].key})
        assert "".join(row.title for row in stand) == order
        rows[number - 1].position = number


def test_lines_taken_out_leave_no_gap(draft: Version, lead: User) -> None:
    out = [line(draft, "教材")]
    budgets.save_lines(version=draft.pk, lines=[], out=out, by=lead, now=NOW)
    assert list(draft.budgetline_rows.values_list("position", "title")) == [
        (1, "讲课费"),
        (2, "横幅"),
    ]


def test_an_approved_budget_takes_no_line(approved: Version, lead: User) -> None:
    with refused("not_draft"):
        budgets.save_lines(version=approved.pk, lines=[], by=lead, now=NOW)


def test_subtotals_are_those_of_the_categories(draft: Version) -> None:
    sums = {row.category: row.subtotal for row in sections(draft.budgetline_rows.all())}
    assert sums == {
        Category.SPEAKER: Decimal("600.00"),
        Category.MATERIALS: Decimal("120.50"),
        Category.PUBLICITY: Decimal("80.00"),
    }


def test_a_sum_that_nobody_can_mean_is_refused() -> None:
    check_amount(Decimal(1), Decimal("99999999.99"))
    with refused("too_much"):
        check_amount(Decimal(100), Decimal("1000000.00"))


# --- Copied and moved -------------------------------------------------------------------


def test_last_years_lines_are_copied_as_items_of_their_own(
    approved: Version, lead: User, other_lead: User
) -> None:
    version = short.begin(short.make_document(year=2027), other_lead)
    assert earlier(version.document) == approved
    copied = budgets.copy_lines(version=version.pk, source=approved, by=other_lead, now=NOW)
    assert (copied.total, titles(copied)) == (approved.total, titles(approved))
    items = BudgetItem.objects.values_list("document", flat=True).order_by("document")
    assert list(items) == [approved.document_id] * 3 + [version.document_id] * 3
    with refused("not_empty"):
        budgets.copy_lines(version=version.pk, source=approved, by=lead, now=NOW)


def test_the_first_budget_has_none_before_it(draft: Version) -> None:
    assert earlier(draft.document) is None


def test_money_moves_in_a_new_version_with_its_reason(
    approved: Version, lead: User, branch_lead: User
) -> None:
    changes = {line(approved, "横幅").key: Decimal(-30), line(approved, "教材").key: Decimal(30)}
    made = budgets.reallocate(seen=approved, changes=changes, reason="多印教材。", by=lead, now=NOW)
    assert (made.number, made.state, made.reason) == (2, State.DRAFT, "多印教材。")
    assert made.total == approved.total
    assert (line(made, "横幅").amount, line(made, "教材").amount) == (50, Decimal("150.50"))
    assert line(made, "教材").quantity == 50  # and its price is 3.01
    assert line(approved, "横幅").amount == 80
    moved = {row.line.title: row.change for part in compared(made) for row in part.rows}
    assert moved == {"讲课费": 0, "教材": 30, "横幅": -30}
    short.submit(made, lead)
    assert short.decide(made, branch_lead).state == State.APPROVED


@pytest.mark.parametrize(
    ("told", "reason", "code"),
    [
        ({"横幅": 0}, "多印。", "nothing_moved"),
        ({"横幅": -30, "教材": 20}, "多印。", "unbalanced"),
        ({"横幅": -81, "教材": 81}, "多印。", "below_zero"),
        ({"横幅": -30, "教材": 30}, "  ", "no_reason"),
    ],
)
def test_money_is_not_moved_out_of_nothing(
    approved: Version, lead: User, told: dict[str, int], reason: str, code: str
) -> None:
    changes = {line(approved, title).key: Decimal(more) for title, more in told.items()}
    with refused(code):
        budgets.reallocate(seen=approved, changes=changes, reason=reason, by=lead, now=NOW)
    assert Version.objects.count() == 1


def test_money_moves_from_the_last_version_alone(approved: Version, lead: User) -> None:
    short.begin(approved.document, lead)
    with refused("overtaken"):
        budgets.reallocate(seen=approved, changes={}, reason="多印。", by=lead, now=NOW)


def test_what_the_quantity_does_not_divide_becomes_one_sum() -> None:
    row = BudgetLine(quantity=Decimal(3), unit="场", price=Decimal(100))
    set_amount(row, Decimal(400))
    assert (row.quantity, row.unit, row.price) == (1, "", 400)


# --- What the database holds ------------------------------------------------------------


def forbidden(words: str) -> "pytest.RaisesExc[IntegrityError]":
    return pytest.raises(IntegrityError, match=words)


@pytest.mark.parametrize(
    ("facts", "guard"),
    [
        ({"quantity": 0}, "line_has_its_sum"),
        ({"price": -1}, "line_has_its_sum"),
        ({"title": ""}, "line_has_its_sum"),
        ({"category": "holidays"}, "category_is_known"),
    ],
)
def test_a_line_without_its_sum_is_none(draft: Version, facts: dict, guard: str) -> None:
    with forbidden(guard), transaction.atomic():
        short.add_line(draft, **facts)


def test_a_line_stands_once_in_a_version(draft: Version) -> None:
    one = draft.budgetline_rows.first()
    assert one is not None
    with forbidden("line_once"), transaction.atomic():
        BudgetLine.objects.bulk_create([one.copied(draft)])


def test_a_line_is_that_of_its_item(draft: Version) -> None:
    """`line_is_of_its_item` is one key over both columns."""
    with forbidden("line_is_of_its_item"), transaction.atomic():
        draft.budgetline_rows.filter(title="横幅").update(key=uuid4())
        connection.check_constraints()
    assert "item_with_its_key" in {row.name for row in BudgetItem._meta.constraints}


def test_no_line_is_about_an_item_of_another_budget(draft: Version, lead: User) -> None:
    """`a_line_is_of_its_document`."""
    other = short.begin(short.make_document(year=2027), lead)
    one = draft.budgetline_rows.first()
    assert one is not None
    with forbidden("another budget"), transaction.atomic():
        BudgetLine.objects.bulk_create([one.copied(other)])


def test_an_item_stays_what_it_is(draft: Version) -> None:
    """`what_an_item_is_stays`."""
    with forbidden("Another item"), transaction.atomic():
        BudgetItem.objects.update(key=uuid4())
