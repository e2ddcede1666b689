"""The lists of people."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.lists.kinds import ListKind
from diedie_edu.people import queries
from diedie_edu.people.lists.columns import resident_columns, volunteer_columns
from diedie_edu.people.lists.registers import REGISTER
from diedie_edu.people.lists.residents import ResidentsPlan
from diedie_edu.people.lists.volunteers import VolunteersPlan

# Households first and residents second, as everywhere.
LOCKED_TABLES = ("people_household", "people_resident", "people_volunteer", "people_skill")

RESIDENTS_LIST = ListKind(
    slug="residents",
    title=_("Residents"),
    permission=Permission.MOVE_PEOPLE,
    columns=resident_columns,
    rows=lambda _user, today: queries.residents_to_list(today),
    plan=ResidentsPlan,
    headings=(_("Person"), _("Phone")),
    seen_at="admin:people_resident_changelist",
    layouts=(REGISTER,),
    locked_tables=LOCKED_TABLES,
)
VOLUNTEERS_LIST = ListKind(
    slug="volunteers",
    title=_("Volunteers"),
    permission=Permission.MOVE_PEOPLE,
    columns=volunteer_columns,
    rows=lambda _user, today: queries.volunteers_to_list(today),
    plan=VolunteersPlan,
    headings=(_("Person"), _("Phone")),
    seen_at="admin:people_volunteer_changelist",
    locked_tables=LOCKED_TABLES,
)
