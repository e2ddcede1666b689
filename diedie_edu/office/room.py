"""What the programme office brings to the shared rooms: one tuple for each part."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest, defined_in
from diedie_edu.common.parts import DeskEntry
from diedie_edu.notices.kinds import Kind
from diedie_edu.office import messages
from diedie_edu.office.actions.reviewing import KINDS

SEEN = ("view:office.document", "view:office.version")

DOCUMENTS: tuple[Any, ...] = (
    *KINDS.values(),
    *defined_in(messages, Kind),
    messages.VERSION,
    DeskEntry(
        55, _("Programme office"), "office:desk", "clipboard-document-check", Permission.READ_OFFICE
    ),
    AdminModels(Permission.KEEP_OFFICE, SEEN),
    AdminModels(Permission.REVIEW_OFFICE, SEEN),
)

MANIFEST = Manifest(parts=(*DOCUMENTS,))
