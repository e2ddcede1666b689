"""What accounts bring to the shared rooms."""

from operator import attrgetter

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.references import DELETE, KEEP, Loose, On

KEPT = ("accounts.user", "accounts.rolegrant", "accounts.privacynotice", "view:accounts.rolechange")

STAYS = On(erased=KEEP, merged=KEEP)

MANIFEST = Manifest(
    parts=(
        AdminModels(Permission.KEEP_ACCOUNTS, KEPT),
        Loose("accounts.User", "admin.LogEntry", "user", STAYS),
        Loose("accounts.User", "admin.LogEntry", "object_id", STAYS),
        Loose("accounts.User", "accounts.SecurityEvent", "account", STAYS),
        Loose("accounts.User", "accounts.SecurityEvent", "about", STAYS),
        Loose(
            "accounts.User",
            "accounts.OneTimeCode",
            "phone",
            On(erased=DELETE, merged=DELETE),
            value=attrgetter("phone"),
        ),
    )
)
