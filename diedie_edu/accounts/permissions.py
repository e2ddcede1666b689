"""Who may do what: permissions as one enum, roles as lists of them.

Nothing is allowed unless a role lists it. The permissions of roles in `SCOPED` hold only for the
programmes named in the grants (`RoleGrant.scope`); every other role holds everywhere.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.manifests import parts_of


class Permission(StrEnum):
    TAKE_SEATS = "take_seats"  # sign oneself up, see one's own page
    SERVE = "serve"  # take duty as a volunteer
    LEAD_GROUP = "lead_group"
    OPEN_DESK = "open_desk"  # the staff pages
    PLAN_ACTIVITIES = "plan_activities"  # plan, change and call off
    KEEP_REGISTER = "keep_register"  # see who signed up, print sign-in sheets
    KEEP_PEOPLE = "keep_people"  # residents, households, volunteers, organisations
    LOOK_AFTER_CHILDREN = "look_after_children"  # the 4:30 school: enrol, let in, hand over
    OPEN_CHILDREN = "open_children"  # children's lists uncovered, with a reason; the audit pack
    KEEP_APPLICANTS = "keep_applicants"  # the education base: applications, papers, awards
    OPEN_APPLICANTS = "open_applicants"  # numbers of papers and whole lists, with a reason
    KEEP_CLEARANCES = "keep_clearances"  # whether adults may be close to children
    MOVE_PEOPLE = "move_people"  # import and export of people
    KEEP_CALENDAR = "keep_calendar"  # venues, special days, reminder times
    KEEP_TOPICS = "keep_topics"
    SEE_DELIVERY = "see_delivery"  # failed and unknown messages, send again
    CALL_PEOPLE = "call_people"  # the call list: whom no message reached
    KEEP_PROGRAMMES = "keep_programmes"  # leads, duties, aims
    SEE_PROGRAMMES = "see_programmes"
    KEEP_OFFICE = "keep_office"  # write plans, budgets, spending, summaries and contacts
    REVIEW_OFFICE = "review_office"  # approve what others wrote, or return it
    READ_OFFICE = "read_office"  # approved documents, figures and contacts
    PUBLISH = "publish"  # posts, and records of what went out elsewhere
    KEEP_COMMUNITY = "keep_community"  # its name, telephones, hours, look
    KEEP_ACCOUNTS = "keep_accounts"  # accounts, roles, the privacy notice
    READ_TRAIL = "read_trail"  # what touched the safety of the house, and who did it
    OPEN_ADMIN = "open_admin"


class Role(models.TextChoices):
    RESIDENT = "resident", _("Resident")
    VOLUNTEER = "volunteer", _("Volunteer")
    GROUP_LEADER = "group_leader", _("Group leader")
    STAFF = "staff", _("Community staff")
    PROGRAMME_LEAD = "programme_lead", _("Programme lead")
    BRANCH_LEAD = "branch_lead", _("Branch lead")
    COMMITTEE_READER = "committee_reader", _("Committee reader")


P = Permission
# What people do with their own things. The rest is power over others' (`rules.check_may_hand_out`).
PERSONAL = frozenset({P.TAKE_SEATS, P.SERVE, P.LEAD_GROUP})
# The branch appoints them without having their power itself, and never oneself.
APPOINTED = (Role.STAFF,)
SCOPED = (Role.PROGRAMME_LEAD, Role.COMMITTEE_READER)

ROLES: dict[Role, frozenset[Permission]] = {
    Role.RESIDENT: frozenset({P.TAKE_SEATS}),
    Role.VOLUNTEER: frozenset({P.TAKE_SEATS, P.SERVE}),
    Role.GROUP_LEADER: frozenset({P.TAKE_SEATS, P.LEAD_GROUP}),
    Role.STAFF: frozenset(
        set(P)
        - {P.SERVE, P.LEAD_GROUP, P.KEEP_ACCOUNTS, P.KEEP_PROGRAMMES, P.KEEP_COMMUNITY}
        - {P.OPEN_CHILDREN, P.OPEN_APPLICANTS, P.REVIEW_OFFICE, P.READ_TRAIL}
    ),
    Role.PROGRAMME_LEAD: frozenset(
        {P.TAKE_SEATS, P.OPEN_DESK, P.OPEN_ADMIN, P.PLAN_ACTIVITIES, P.KEEP_REGISTER}
        | {P.KEEP_TOPICS, P.SEE_PROGRAMMES, P.LOOK_AFTER_CHILDREN, P.OPEN_CHILDREN}
        | {P.KEEP_CLEARANCES, P.CALL_PEOPLE, P.KEEP_APPLICANTS, P.OPEN_APPLICANTS}
        | {P.KEEP_OFFICE, P.READ_OFFICE, P.PUBLISH}
    ),
    # The branch answers for all its programmes, so it may do what their leads may, and appoint
    # them: nobody hands out a power they do not have.
    Role.BRANCH_LEAD: frozenset(
        {P.TAKE_SEATS, P.OPEN_DESK, P.OPEN_ADMIN, P.PLAN_ACTIVITIES, P.KEEP_REGISTER}
        | {P.KEEP_TOPICS, P.SEE_PROGRAMMES, P.LOOK_AFTER_CHILDREN, P.OPEN_CHILDREN}
        | {P.KEEP_CLEARANCES, P.KEEP_PROGRAMMES, P.KEEP_ACCOUNTS, P.SEE_DELIVERY, P.CALL_PEOPLE}
        | {P.READ_TRAIL, P.KEEP_COMMUNITY}
        | {P.KEEP_APPLICANTS, P.OPEN_APPLICANTS}
        | {P.KEEP_OFFICE, P.REVIEW_OFFICE, P.READ_OFFICE, P.PUBLISH}
    ),
    # 党委专项工作责任人: reads what is approved, from a day to a day, and nothing of persons.
    Role.COMMITTEE_READER: frozenset({P.READ_OFFICE}),
}


@dataclass(frozen=True)
class AdminModels:
    """Models that a permission opens in the admin site, which asks for Django's permissions.

    "people.topic" opens a model, "view:people.topic" for reading only. With `programme` (a slug)
    the permission must hold there: for what one programme keeps of the models of all.
    """

    permission: Permission
    models: tuple[str, ...]
    programme: str = ""


def opening(django_permission: str) -> list[AdminModels]:
    """What grants a Django model permission such as "people.view_resident"."""
    app, _dot, codename = django_permission.partition(".")
    action, _underscore, model = codename.partition("_")
    wanted = {f"{app}.{model}"} | ({f"view:{app}.{model}"} if action == "view" else set())
    return [row for row in parts_of(AdminModels) if wanted.intersection(row.models)]
