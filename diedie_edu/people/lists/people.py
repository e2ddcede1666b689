"""The lists of people, as `kinds` keeps them."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.lists.kinds import RESIDENTS, VOLUNTEERS, ListKind
from diedie_edu.people.lists.examples import example_of
from diedie_edu.people.lists.export import exported
from diedie_edu.people.lists.residents import ResidentsPlan
from diedie_edu.people.lists.volunteers import VolunteersPlan

# Households first and residents second, as everywhere.
LOCKED_TABLES = ("people_household", "people_resident", "people_volunteer", "people_skill")

RESIDENTS_LIST = ListKind(
    slug=RESIDENTS,
    title=_("Residents"),
    permission=Permission.MOVE_PEOPLE,
    columns=ResidentsPlan.columns,
    export=lambda _user, today: exported(RESIDENTS, today),
    plan=ResidentsPlan,
    example=partial(example_of, RESIDENTS),
    headings=(_("Person"), _("Phone")),
    seen_at="admin:people_resident_changelist",
    locked_tables=LOCKED_TABLES,
)
VOLUNTEERS_LIST = ListKind(
    slug=VOLUNTEERS,
    title=_("Volunteers"),
    permission=Permission.MOVE_PEOPLE,
    columns=VolunteersPlan.columns,
    export=lambda _user, today: exported(VOLUNTEERS, today),
    plan=VolunteersPlan,
    example=partial(example_of, VOLUNTEERS),
    headings=(_("Person"), _("Phone")),
    seen_at="admin:people_volunteer_changelist",
    locked_tables=LOCKED_TABLES,
)
