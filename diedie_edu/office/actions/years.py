"""Opening a year: what each programme owes, from the plan's duties."""

from datetime import date

from django.db import transaction

from diedie_edu.office.models import WRITTEN, Document
from diedie_edu.office.rules.versions import due_on
from diedie_edu.programmes.models import Responsibility


@transaction.atomic
def open_year(*, year: int) -> list[Document]:
    """The documents of a calendar year that the duties name; what is there stays (facts 1)."""
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
