"""Documents, money and grants: what is submitted, closed, approved or taken back meanwhile."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from diedie_edu.files.models import StoredFile
from diedie_edu.office.models import (
    Attachment,
    BudgetItem,
    BudgetLine,
    Commitment,
    Expense,
    Milestone,
    Version,
    YearClosing,
)
from diedie_edu.office.models.summaries import SummaryFigure, SummaryPicture
from edu_base.models import Application, Award, GrantFact, Objection, State
from happy_square.models import Group, Support
from tests.conftest import NOW
from tests.support import office as short
from tests.support import spending
from tests.support.access_office import SLUG
from tests.support.education import walk
from tests.support.row_locks import (
    CLOSED_YEAR,
    DRAFT_YEAR,
    SUBMITTED_YEAR,
    Line,
    again,
    document,
    one,
)
from tests.support.row_locks_people import account

TODAY = NOW.date()


def by() -> Any:
    return account("甄有座")


def item(year: int) -> BudgetItem:
    return BudgetItem.objects.get(document=document(year))


# --- Only a draft is changed --------------------------------------------------------------

DRAFTS_ALONE = "content_changes_in_drafts_alone"
FIGURE = {"slug": "visits", "label": "到场人次", "definition": "每次到场各算一次。"}


def draft() -> Version:
    return document(DRAFT_YEAR).versions.get()


def submit() -> None:
    short.submit(draft(), by())


def attach() -> None:
    kept = {"kind": "x", "form": "pdf", "title": "预算", "size": 1, "sha256": "0" * 64}
    file = StoredFile.objects.create(**kept, kept_at=NOW)
    Attachment.objects.create(version=draft(), file=file, sha256="0" * 64)


CONTENTS: dict[str, Any] = {
    "office_paragraph": lambda: short.add_paragraph(draft()),
    "office_milestone": lambda: Milestone.objects.create(
        version=draft(), title="开班", first_day=TODAY, last_day=TODAY
    ),
    "office_attachment": attach,
    "office_budgetline": lambda: BudgetLine.objects.filter(version=draft()).update(title="茶水"),
    "office_summaryfigure": lambda: SummaryFigure.objects.create(version=draft(), **FIGURE),
    "office_summarypicture": lambda: SummaryPicture.objects.create(
        version=draft(), picture=7, caption="元宵灯会"
    ),
}
DRAFTS: list[Line] = [
    (f"{table}.{DRAFTS_ALONE}", submit, write, DRAFTS_ALONE) for table, write in CONTENTS.items()
]


# --- A closed year takes no entry ---------------------------------------------------------

CLOSED = "a_closed_year_takes_no_entry"


def close() -> None:
    YearClosing.objects.create(programme=SLUG, year=CLOSED_YEAR, closed_by=by(), closed_at=NOW)


def spend() -> None:
    approver = spending.person(name="甄审批")
    again(
        one(Expense),
        item=item(CLOSED_YEAR),
        amount=Decimal(1),
        invoice_number=spending.digital(),
        approver=approver,
    )


def support() -> None:
    given = {"sort": "money", "what": "音响", "amount": Decimal(1), "given_on": TODAY}
    Support.objects.create(
        group=Group.objects.earliest("pk"), item=item(CLOSED_YEAR), entered_at=NOW, **given
    )


def announce(award: Award) -> None:
    GrantFact.objects.create(award=award, fact="announced", on=TODAY, at=NOW, by=by())


YEARS: list[Line] = [
    ("office_yearclosing.closing_a_year_waits_for_its_entries", close, spend, CLOSED),
    (f"office_expense.{CLOSED}", close, spend, CLOSED),
    (
        f"office_commitment.{CLOSED}",
        close,
        lambda: again(one(Commitment), item=item(CLOSED_YEAR), amount=Decimal(1)),
        CLOSED,
    ),
    (f"happy_square_support.{CLOSED}", close, support, CLOSED),
    (
        f"edu_base_grantfact.{CLOSED}",
        close,
        lambda: announce(Award.objects.get(fund__item__isnull=False)),
        CLOSED,
    ),
]


# --- A budget that is approved covers what was spent --------------------------------------

COVERS = "a_version_covers_what_is_spent_and_promised"


def overspend() -> None:
    spending.enter(item(SUBMITTED_YEAR), by(), amount=Decimal(700), reason="预算还没批。")


def approve() -> None:
    signed = {"state": "approved", "approved_by": account("秦望舒"), "approved_at": NOW}
    Version.objects.filter(document=document(SUBMITTED_YEAR)).update(**signed)


# --- Grants and objections ----------------------------------------------------------------


def plain_award() -> Award:
    return Award.objects.get(fund__item=None)


def take_back() -> None:
    awarded = plain_award().facts.get()
    again(awarded, takes_back_id=awarded.pk, stands=False, note="重复")


def announced() -> Application:
    return Application.objects.filter(state=State.ANNOUNCED).latest("pk")


def object_() -> None:
    words = {"way": "paper", "made_by": by(), "made_at": NOW, "language": "zh-hans"}
    again(
        one(Objection),
        application=announced(),
        received_on=TODAY - timedelta(days=2),
        sheet="00000000-0000-4000-8000-000000000009",
        **words,
    )


GRANTS: list[Line] = [
    (f"office_version.{COVERS}", overspend, approve, COVERS),
    (
        "edu_base_grantfact.facts_of_a_grant_follow_each_other",
        take_back,
        lambda: announce(plain_award()),
        "a_fact_of_a_grant_needs_the_one_before_it",
    ),
    (
        "edu_base_objection.objections_are_to_those_in_public",
        lambda: walk(announced(), State.CONFIRMED, by()),
        object_,
        "objections_are_to_those_in_public",
    ),
]

LINES = [*DRAFTS, *YEARS, *GRANTS]
