from diedie_edu.office.models.budgets import BudgetItem, BudgetLine, Category
from diedie_edu.office.models.closings import YearClosing
from diedie_edu.office.models.commitments import Commitment
from diedie_edu.office.models.contacts import Contact, FollowUp, Side
from diedie_edu.office.models.contents import Attachment, Content, Milestone, Paragraph
from diedie_edu.office.models.documents import WRITTEN, Author, Document, Work
from diedie_edu.office.models.expenses import Expense
from diedie_edu.office.models.plans import CommitteePaper, Tick
from diedie_edu.office.models.states import OPEN, WAS_APPROVED, State
from diedie_edu.office.models.summaries import SummaryExport, SummaryFigure, SummaryPicture
from diedie_edu.office.models.versions import Remark, Version

__all__ = [
    "OPEN",
    "WAS_APPROVED",
    "WRITTEN",
    "Attachment",
    "Author",
    "BudgetItem",
    "BudgetLine",
    "Category",
    "Commitment",
    "CommitteePaper",
    "Contact",
    "Content",
    "Document",
    "Expense",
    "FollowUp",
    "Milestone",
    "Paragraph",
    "Remark",
    "Side",
    "State",
    "SummaryExport",
    "SummaryFigure",
    "SummaryPicture",
    "Tick",
    "Version",
    "Work",
    "YearClosing",
]
