"""What venues bring to the shared rooms."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.parts import QuickAction

MANIFEST = Manifest(
    parts=(
        AdminModels(
            Permission.KEEP_CALENDAR,
            (
                "venues.venue",
                "venues.openinghours",
                "venues.closedtime",
                "venues.specialday",
            ),
        ),
        AdminModels(Permission.PLAN_ACTIVITIES, ("view:venues.venue",)),
        QuickAction(
            150,
            _("Enter a holiday or make-up workday"),
            "admin:venues_specialday_add",
            "calendar",
            Permission.KEEP_CALENDAR,
        ),
    )
)
