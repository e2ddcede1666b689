"""What the programme office brings to the shared rooms: one tuple for each part."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest, defined_in
from diedie_edu.common.merging import Meeting, first_stays
from diedie_edu.common.parts import (
    AdminPanels,
    DeskEntry,
    DeskGroup,
    DeskProblems,
    OfficeEntry,
    OfficePanels,
)
from diedie_edu.common.references import KEEP, Loose, On
from diedie_edu.files.kinds import FileKind
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner
from diedie_edu.office import contact_messages, messages, rulebook_messages
from diedie_edu.office.actions.contacts import plan_reminders
from diedie_edu.office.actions.reminders import plan_due
from diedie_edu.office.actions.reviewing import KINDS
from diedie_edu.office.actions.rulebook import ask_to_confirm
from diedie_edu.office.actions.signing import SIGN
from diedie_edu.office.actions.spending import SCAN
from diedie_edu.office.actions.summaries import DRAFTING
from diedie_edu.office.demo import budgets as demo_budgets
from diedie_edu.office.demo import plans as plans_season
from diedie_edu.office.demo import spending as demo_spending
from diedie_edu.office.demo.contacts import SEASON
from diedie_edu.office.lists.contacts import CONTACTS_LIST
from diedie_edu.office.lists.plans import MILESTONES_LIST, PARAGRAPHS_LIST
from diedie_edu.office.lists.spending import SPENDING_LIST
from diedie_edu.office.models import Work
from diedie_edu.office.parts import VersionSection
from diedie_edu.office.queries import (
    admin_desk,
    budgets,
    contacts,
    panels,
    sections,
    spending_panels,
)
from diedie_edu.office.queries.files import PAGE_SCAN, WORD, may_read
from diedie_edu.office.queries.spending import may_read_scan
from diedie_edu.office.queries.spending_figures import BUDGET_USE
from diedie_edu.office.queries.summaries import exported
from diedie_edu.publicity.parts import FilesWithPictures

# Works whose versions say it in paragraphs.
TEXTS = (Work.PLAN, Work.RULES, Work.PUBLICITY, Work.SUMMARY)
SEEN = ("view:office.document", "view:office.version")

DOCUMENTS: tuple[Any, ...] = (
    Meeting("author_once", first_stays("since")),
    *KINDS.values(),
    *defined_in(messages, Kind),
    messages.VERSION,
    DeskEntry(
        55,
        _("What is due"),
        "office:desk",
        "clipboard-document-check",
        Permission.READ_OFFICE,
        group=DeskGroup.OFFICE,
    ),
    AdminPanels(admin_desk.panels),
    AdminModels(Permission.KEEP_OFFICE, SEEN),
    AdminModels(Permission.REVIEW_OFFICE, SEEN),
    Loose("accounts.User", "pghistory.Context", "metadata__user", On(erased=KEEP, merged=KEEP)),
)
CONTACTS: tuple[Any, ...] = (
    contact_messages.FOLLOW_UP,
    contact_messages.FOLLOW_UP_DUE,
    OfficeEntry(
        70,
        _("Liaison log"),
        "office:contact_list",
        "chat-bubble-left-right",
        Permission.READ_OFFICE,
    ),
    OfficePanels(contacts.panels),
    DeskProblems(contacts.problems, (contacts.NEAR,)),
    Planner(plan_reminders),
    CONTACTS_LIST,
    SEASON,
)
SPENDING: tuple[Any, ...] = (
    SIGN,
    FileKind(SCAN, may_read_scan, is_shown=True),
    OfficeEntry(30, _("Spending"), "office:spending_list", "banknotes", Permission.KEEP_OFFICE),
    OfficePanels(spending_panels.panels),
    *spending_panels.PROBLEMS,
    SPENDING_LIST,
    demo_spending.SEASON,
    BUDGET_USE,
)
RULEBOOK: tuple[Any, ...] = (
    rulebook_messages.RULES,
    rulebook_messages.RULES_TO_CONFIRM,
    OfficeEntry(60, _("Rules"), "office:rulebooks", "scale", Permission.READ_OFFICE),
    Planner(ask_to_confirm),
)
PLANS: tuple[Any, ...] = (
    messages.DOCUMENT,
    Planner(plan_due),
    OfficeEntry(10, _("Duty board"), "office:board", "table-cells", Permission.READ_OFFICE),
    OfficeEntry(20, _("What I owe"), "office:owed", "inbox-stack", Permission.KEEP_OFFICE),
    OfficePanels(panels.due_panels),
    *panels.PROBLEMS,
    FileKind(PAGE_SCAN, may_read, is_shown=True),
    FileKind(WORD, may_read),
    plans_season.SEASON,
    MILESTONES_LIST,
    PARAGRAPHS_LIST,
    VersionSection(20, TEXTS, "office/section_paragraphs.html", sections.paragraphs),
    VersionSection(30, (Work.PLAN,), "office/section_milestones.html", sections.milestones),
)
BUDGETS: tuple[Any, ...] = (
    VersionSection(20, (Work.BUDGET,), "office/budget_lines.html", budgets.section_facts),
    demo_budgets.SEASON,
)
SUMMARIES: tuple[Any, ...] = (
    DRAFTING,
    VersionSection(25, (Work.SUMMARY,), "office/section_summary.html", sections.summary),
    FilesWithPictures(exported),
)

MANIFEST = Manifest(
    parts=(*DOCUMENTS, *CONTACTS, *RULEBOOK, *PLANS, *BUDGETS, *SPENDING, *SUMMARIES)
)
