"""What accounts bring to the shared rooms."""

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest

KEPT = ("accounts.user", "accounts.rolegrant", "accounts.privacynotice", "view:accounts.rolechange")

MANIFEST = Manifest(parts=(AdminModels(Permission.KEEP_ACCOUNTS, KEPT),))
