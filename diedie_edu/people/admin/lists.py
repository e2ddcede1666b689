"""What several lists of people show."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.admin_out import written_as
from diedie_edu.common.phones import masked
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.people.models import Household, Organisation, Resident

PHONE = Column("phone", "联系电话 | Contact phone", CellType.PHONE, covered=masked)


@written_as(PHONE)
@admin.display(description=_("contact phone"))
def masked_phone(row: Resident | Household | Organisation) -> str:
    """Lists are read over the shoulder; the whole number stands on the person's own page. A list in
    its order would tell what is covered."""
    return masked(row.phone) if row.phone else ""
