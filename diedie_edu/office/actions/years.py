"""Opening a year: what each programme owes, from the plan's duties, and by when."""

from datetime import date, datetime

from django.db import transaction

from diedie_edu.common.days import local_day
from diedie_edu.notices.actions import cancel
from diedie_edu.office.messages import DOCUMENT, DUE_SOON, OVERDUE
from diedie_edu.office.models import WRITTEN, Document
from diedie_edu.office.rules.plans import check_year
from diedie_edu.office.rules.versions import due_on
from diedie_edu.programmes.models import Responsibility


@transaction.atomic
def open_year(*, year: int, now: datetime) -> list[Document]:
    """The documents of a calendar year that the duties name; what is there stays (facts 1). Raises
    `Refused` (`other_year`)."""
    check_year(year, local_day(now))
    owed = Responsibility.objects.filter(work__in=WRITTEN).order_by("programme__position", "id")
    made = []
    for programme, work in owed.values_list("programme__slug", "work"):
        document, is_new = Document.objects.get_or_create(
            programme=programme,
            work=work,
            first_day=date(year, 1, 1),
            last_day=date(year, 12, 31),
            defaults={"due_on": due_on(work, year)},
        )
        made += [document] if is_new else []
    return made


@transaction.atomic
def set_due(*, document: Document, now: datetime) -> None:
    """Its due day is another one (`document`, unsaved): reminders of the old day that have not gone
    out stay unsent, and leads hear of the new one."""
    document.save(update_fields=["due_on"])
    cancel(subject=DOCUMENT.of(document.pk), kinds=[DUE_SOON, OVERDUE], now=now)
