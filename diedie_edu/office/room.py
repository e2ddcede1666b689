"""What the programme office brings to the shared rooms."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.parts import DeskEntry

DESK: tuple[Any, ...] = (
    DeskEntry(
        55, _("Programme office"), "office:desk", "clipboard-document-check", Permission.READ_OFFICE
    ),
)

MANIFEST = Manifest(parts=(*DESK,))
