"""What the portal brings itself, and for the rooms that have no pages of their own."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions.changes import OwnerHears
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.manifests import Manifest, defined_in
from diedie_edu.common.parts import (
    DeskEntry,
    DeskGroup,
    DeskProblems,
    HomePanels,
    NavEntry,
    OfficeEntry,
    QuickAction,
    VolunteerLink,
)
from diedie_edu.common.peeks import Peek
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.planners import Planner
from diedie_edu.people.endings import Endings
from diedie_edu.people.parts import PersonAction, PersonSection
from diedie_edu.people.queries import open_erasures
from diedie_edu.portal.appointing.messages import APPOINTED
from diedie_edu.portal.beginning.parts import STEPS
from diedie_edu.portal.beginning.queries import demonstration_is_here, fresh
from diedie_edu.portal.closing import messages, queries
from diedie_edu.portal.closing.actions import copies, corrections
from diedie_edu.portal.phones import messages as phone_messages
from diedie_edu.portal.phones.actions import put_due
from diedie_edu.portal.privacy.queries import nobody_registers
from diedie_edu.portal.queries.desk import calendar_unknown
from diedie_edu.portal.queries.my_page import PANELS
from diedie_edu.portal.register.queries import is_grown_up, person_sections, undoable
from diedie_edu.portal.safety.actions import tell
from diedie_edu.portal.safety.messages import CHANGED
from diedie_edu.portal.sign_in.messages import HOUSE_IS_FULL
from diedie_edu.portal.sign_in.queries import DOORS
from diedie_edu.portal.sign_in.queries import problems as door_problems

KEEPERS = Permission.KEEP_PEOPLE
CHANGES = (
    PersonAction(
        60,
        _("Merge with another record"),
        "portal:person_merge",
        KEEPERS,
        icon="arrows-right-left",
    ),
    PersonAction(
        62,
        _("Part this household"),
        "portal:person_split",
        KEEPERS,
        lambda person: person.household_id is not None,
        "home",
    ),
    PersonAction(
        64,
        _("Moved away, or died"),
        "portal:person_gone",
        KEEPERS,
        lambda person: not person.is_gone,
        "arrow-right-start-on-rectangle",
    ),
    PersonAction(
        64,
        _("Here again"),
        "portal:person_back",
        KEEPERS,
        lambda person: person.is_gone,
        "arrow-uturn-left",
    ),
    QuickAction(
        145, _("Entered twice?"), "portal:person_doubles", "users", KEEPERS, group=DeskGroup.PEOPLE
    ),
)

MANIFEST = Manifest(
    parts=(
        NavEntry(10, _("Home"), "portal:home", "home"),
        NavEntry(30, _("My page"), "portal:my_page", "user-circle"),
        DeskEntry(
            10,
            _("Today"),
            "portal:desk",
            "squares-2x2",
            Permission.OPEN_DESK,
            group=DeskGroup.DAILY,
        ),
        DeskEntry(
            25,
            _("Rooms"),
            "portal:rooms_day",
            "building-office-2",
            Permission.OPEN_DESK,
            group=DeskGroup.ROOMS,
        ),
        DeskEntry(
            70,
            _("Admin site"),
            "admin:index",
            "cog-6-tooth",
            Permission.OPEN_ADMIN,
            group=DeskGroup.LISTS,
        ),
        QuickAction(
            110,
            _("Certificates and proofs"),
            "portal:certificates",
            "document-check",
            Permission.KEEP_PEOPLE,
            group=DeskGroup.PEOPLE,
        ),
        QuickAction(
            120, _("Poster of the weekend"), "portal:poster", "printer", Permission.OPEN_DESK
        ),
        QuickAction(
            115,
            _("Who asked to be deleted"),
            "portal:erasures",
            "trash",
            Permission.KEEP_PEOPLE,
            group=DeskGroup.PEOPLE,
        ),
        VolunteerLink(10, _("What I do as a volunteer"), "portal:volunteering", "hand-raised"),
        *PANELS,
        *STEPS,
        HomePanels(fresh),
        DeskProblems(demonstration_is_here),
        APPOINTED,
        HOUSE_IS_FULL,
        DeskProblems(door_problems, (DOORS,)),
        CHANGED,
        OwnerHears(tell),
        OfficeEntry(80, _("Who may do what"), "portal:appointing", "key", Permission.KEEP_ACCOUNTS),
        OfficeEntry(
            85, _("Trail of security"), "portal:trail", "shield-check", Permission.READ_TRAIL
        ),
        OfficeEntry(
            82,
            _("Privacy notice"),
            "portal:privacy_notices",
            "document-text",
            Permission.KEEP_ACCOUNTS,
        ),
        *defined_in(phone_messages, Kind),
        Planner(put_due),
        PersonAction(
            20,
            _("Change the phone"),
            "portal:person_phone",
            Permission.KEEP_PEOPLE,
            icon="device-phone-mobile",
        ),
        DeskProblems(calendar_unknown),
        DeskProblems(nobody_registers),
        PersonSection(person_sections),
        PersonAction(
            20,
            _("Into a family"),
            "portal:person_family",
            Permission.KEEP_PEOPLE,
            is_grown_up,
            "user-group",
        ),
        PersonSection(undoable),
        *CHANGES,
        PersonAction(
            80,
            _("Take off the volunteers' list"),
            "portal:person_leave_service",
            Permission.KEEP_PEOPLE,
            is_open=queries.serves,
            icon="hand-raised",
        ),
        PersonAction(
            90,
            _("Asks to be deleted"),
            "portal:person_erasure",
            Permission.KEEP_PEOPLE,
            is_open=is_grown_up,
            icon="trash",
        ),
        *defined_in(messages, Kind),
        DeskProblems(queries.problems, (Peek(open_erasures),)),
        Endings(erased=corrections.forget_person),
        corrections.CORRECTION,
        copies.COPY,
    )
)
