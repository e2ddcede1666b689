"""What programmes bring to the shared rooms."""

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest

KEPT = (
    "programmes.programme",
    "programmes.statement",
    "programmes.lead",
    "programmes.responsibility",
)

MANIFEST = Manifest(
    parts=(
        AdminModels(Permission.KEEP_PROGRAMMES, KEPT),
        AdminModels(Permission.SEE_PROGRAMMES, tuple(f"view:{model}" for model in KEPT)),
    )
)
