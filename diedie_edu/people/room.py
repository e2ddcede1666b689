"""What people bring to the shared rooms."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.admin_out import StaysIn
from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.guards import ForbiddenWrite
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.merging import Meeting, own_ends, own_goes
from diedie_edu.common.parts import DeskGroup, QuickAction
from diedie_edu.common.references import KEEP, Loose, On
from diedie_edu.lists.kinds import Watch
from diedie_edu.people.actions import changes, consents, ended_again
from diedie_edu.people.actions.consents import enter_without_consent
from diedie_edu.people.actions.events import forget_reasons
from diedie_edu.people.actions.merging import one_volunteer
from diedie_edu.people.endings import Endings
from diedie_edu.people.lists.people import RESIDENTS_LIST, VOLUNTEERS_LIST
from diedie_edu.people.lists.tables import PARTNERS_LIST, TOPICS_LIST
from diedie_edu.people.looks import in_a_file
from diedie_edu.people.models import Consent
from diedie_edu.people.parts import Copied
from diedie_edu.people.queries import without_children

KEPT = (
    "people.resident",
    "people.household",
    "people.guardianship",
    "people.volunteer",
    "people.skill",
    "people.organisation",
)
SEEN_BY_PLANNERS = ("view:people.volunteer", "view:people.organisation", "view:people.topic")

STAYS = On(erased=KEEP, merged=KEEP)

TAKEN_BACK = own_ends(ending="withdrawn", ended_at="now", ended_by="by")

MANIFEST = Manifest(
    parts=(
        *ended_again.ENDINGS,
        ForbiddenWrite(enter_without_consent),
        Loose("people.Resident", "people.ChildAccess", "child_number", STAYS),
        Loose("people.Resident", "admin.LogEntry", "object_id", STAYS),
        Endings(erased=changes.forget_person),
        Meeting("guardianship_once", own_goes),
        Meeting(
            "one_live_consent_of_a_guardian",
            own_ends(ended_at="now", ending=Consent.Ending.REPLACED, ended_by_id="by"),
        ),
        Meeting("people.Volunteer.resident", one_volunteer),
        Meeting("skill_once", own_goes),
        Meeting("one_open_erasure_of_a_person", TAKEN_BACK),
        Meeting("one_open_erasure_of_an_account", TAKEN_BACK),
        RESIDENTS_LIST,
        VOLUNTEERS_LIST,
        PARTNERS_LIST,
        TOPICS_LIST,
        consents.CHILD_HASH,
        Endings(erased=forget_reasons),
        Copied("people.Skill", "volunteer__resident"),
        Copied("people.Clearance", "volunteer__resident"),
        StaysIn(without_children),
        Watch(in_a_file),
        AdminModels(Permission.KEEP_PEOPLE, KEPT),
        AdminModels(Permission.KEEP_TOPICS, ("people.topic", "people.topicarea")),
        AdminModels(Permission.PLAN_ACTIVITIES, SEEN_BY_PLANNERS),
        QuickAction(
            139,
            _("Enter somebody new"),
            "portal:people_new",
            "user-plus",
            Permission.KEEP_PEOPLE,
            group=DeskGroup.PEOPLE,
        ),
        QuickAction(
            140,
            _("Look somebody up"),
            "portal:people",
            "magnifying-glass",
            Permission.KEEP_PEOPLE,
            group=DeskGroup.DAILY,
        ),
    )
)
