"""Who may do what: permissions as one enum, roles as lists of them.

Nothing is allowed unless a role lists it. A programme lead's permissions hold only for the
programmes named in the grants (`RoleGrant.scope`); every other role holds everywhere.
"""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    KEEP_CLEARANCES = "keep_clearances"  # whether adults may be close to children
    MOVE_PEOPLE = "move_people"  # import and export of people
    KEEP_CALENDAR = "keep_calendar"  # venues, special days, reminder times
    KEEP_TOPICS = "keep_topics"
    SEE_DELIVERY = "see_delivery"  # failed and unknown messages, send again
    KEEP_PROGRAMMES = "keep_programmes"  # leads, duties, aims
    SEE_PROGRAMMES = "see_programmes"
    KEEP_ACCOUNTS = "keep_accounts"  # accounts, roles, the privacy notice
    OPEN_ADMIN = "open_admin"


class Role(models.TextChoices):
    RESIDENT = "resident", _("Resident")
    VOLUNTEER = "volunteer", _("Volunteer")
    GROUP_LEADER = "group_leader", _("Group leader")
    STAFF = "staff", _("Community staff")
    PROGRAMME_LEAD = "programme_lead", _("Programme lead")
    BRANCH_LEAD = "branch_lead", _("Branch lead")


class Scope(models.TextChoices):
    """The programmes a lead's role can be limited to: their slugs in the plan's data."""

    RESIDENTS_SCHOOL = "residents-school", _("Residents' school")
    AFTER_SCHOOL = "after-school", _("4:30 school")
    HAPPY_SQUARE = "happy-square", _("Happy Square")
    EDU_BASE = "edu-base", _("Education base")


P = Permission
# What people do with their own things. The rest is power over others' (`rules.check_may_hand_out`).
PERSONAL = frozenset({P.TAKE_SEATS, P.SERVE, P.LEAD_GROUP})

ROLES: dict[Role, frozenset[Permission]] = {
    Role.RESIDENT: frozenset({P.TAKE_SEATS}),
    Role.VOLUNTEER: frozenset({P.TAKE_SEATS, P.SERVE}),
    Role.GROUP_LEADER: frozenset({P.TAKE_SEATS, P.LEAD_GROUP}),
    Role.STAFF: frozenset(
        set(P) - {P.SERVE, P.LEAD_GROUP, P.KEEP_ACCOUNTS, P.KEEP_PROGRAMMES, P.OPEN_CHILDREN}
    ),
    Role.PROGRAMME_LEAD: frozenset(
        {P.TAKE_SEATS, P.OPEN_DESK, P.OPEN_ADMIN, P.PLAN_ACTIVITIES, P.KEEP_REGISTER}
        | {P.KEEP_TOPICS, P.SEE_PROGRAMMES, P.LOOK_AFTER_CHILDREN, P.OPEN_CHILDREN}
        | {P.KEEP_CLEARANCES}
    ),
    # The branch answers for all its programmes, so it may do what their leads may, and appoint
    # them: nobody hands out a power they do not have.
    Role.BRANCH_LEAD: frozenset(
        {P.TAKE_SEATS, P.OPEN_DESK, P.OPEN_ADMIN, P.PLAN_ACTIVITIES, P.KEEP_REGISTER}
        | {P.KEEP_TOPICS, P.SEE_PROGRAMMES, P.LOOK_AFTER_CHILDREN, P.OPEN_CHILDREN}
        | {P.KEEP_CLEARANCES, P.KEEP_PROGRAMMES, P.KEEP_ACCOUNTS, P.SEE_DELIVERY}
    ),
}

# The admin site asks for Django's model permissions; each of ours opens these models.
# "view:" opens a model for reading only.
MODELS: dict[Permission, tuple[str, ...]] = {
    P.PLAN_ACTIVITIES: (
        "residents_school.lecture",
        "activities.occasion",
        "view:residents_school.lectureseries",
        "view:residents_school.survey",
        "view:residents_school.invitation",
        "view:residents_school.wish",
        "view:activities.activity",
        "view:people.volunteer",
        "view:people.organisation",
        "view:people.topic",
        "view:venues.venue",
    ),
    P.KEEP_REGISTER: (
        "view:activities.signup",
        "view:activities.attendance",
        "view:activities.attendanceundone",
        "view:activities.excusedabsence",
    ),
    P.KEEP_PEOPLE: (
        "people.resident",
        "people.household",
        "people.guardianship",
        "people.volunteer",
        "people.skill",
        "people.organisation",
        "view:lists.importjob",
        "view:volunteering.certificate",
    ),
    P.KEEP_CALENDAR: (
        "venues.venue",
        "venues.specialday",
        "activities.remindertime",
    ),
    P.KEEP_TOPICS: ("people.topic", "people.topicarea"),
    P.SEE_DELIVERY: ("view:notices.notice", "view:notices.attempt"),
    P.SEE_PROGRAMMES: (
        "view:programmes.programme",
        "view:programmes.statement",
        "view:programmes.lead",
        "view:programmes.responsibility",
    ),
    P.KEEP_PROGRAMMES: (
        "programmes.programme",
        "programmes.statement",
        "programmes.lead",
        "programmes.responsibility",
    ),
    P.KEEP_ACCOUNTS: (
        "accounts.user",
        "accounts.rolegrant",
        "accounts.privacynotice",
        "view:accounts.rolechange",
    ),
}


def opens_model(permissions: frozenset[Permission], django_permission: str) -> bool:
    """Whether `permissions` grant a Django model permission such as "people.view_resident"."""
    app, _dot, codename = django_permission.partition(".")
    action, _underscore, model = codename.partition("_")
    wanted = {f"{app}.{model}"} | ({f"view:{app}.{model}"} if action == "view" else set())
    return any(wanted & set(MODELS.get(permission, ())) for permission in permissions)
