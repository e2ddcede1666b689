"""What the community brings to the shared rooms."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.parts import DeskEntry, DeskGroup, FirstStep
from diedie_edu.community.actions import LOGO
from diedie_edu.community.queries import may_read_logo, reached
from diedie_edu.files.kinds import FileKind

MANIFEST = Manifest(
    parts=(
        DeskEntry(
            90,
            _("The community"),
            "community:facts",
            "home-modern",
            Permission.KEEP_COMMUNITY,
            group=DeskGroup.LISTS,
        ),
        FirstStep(
            10,
            "facts",
            _("Your community"),
            _("Its name, telephone, address and hours; they stand on each page and message."),
            "home-modern",
            reached,
            "community:facts",
        ),
        FileKind(LOGO, may_read_logo, is_shown=True),
    )
)
