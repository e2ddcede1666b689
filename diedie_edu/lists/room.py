"""What lists bring to the shared rooms."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.parts import DeskEntry, QuickAction

MOVING = (_("Import and export"), "lists:imports", "arrow-up-tray", Permission.KEEP_REGISTER)

MANIFEST = Manifest(
    parts=(
        AdminModels(Permission.KEEP_PEOPLE, ("view:lists.importjob",)),
        DeskEntry(50, *MOVING),
        QuickAction(130, *MOVING),
    )
)
