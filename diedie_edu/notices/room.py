"""What notices bring themselves: the messages with one-time codes, and rights to see delivery."""

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest
from diedie_edu.notices import messages

MANIFEST = Manifest(
    parts=(
        *messages.CODES.values(),
        AdminModels(Permission.SEE_DELIVERY, ("view:notices.notice", "view:notices.attempt")),
    )
)
