"""What accounts bring to the shared rooms."""

from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.actions import ended_again
from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.references import DELETE, KEEP, Loose, On
from diedie_edu.common.resealing import EndsWithKey

KEPT = ("accounts.user", "accounts.rolegrant", "accounts.privacynotice", "view:accounts.rolechange")

STAYS = On(erased=KEEP, merged=KEEP)

ENDING = (
    EndsWithKey("accounts.OneTimeCode", "code_hash", _("codes on their way")),
    EndsWithKey("accounts.OneTimeCode", "place_hash", _("counts of the last hours")),
    EndsWithKey("accounts.OneTimeCode", "browser_hash", _("codes on their way")),
    EndsWithKey("accounts.Device", "token_hash", _("browsers that are known to an account")),
    EndsWithKey("accounts.RecoveryCode", "code_hash", _("recovery codes of the second step")),
    EndsWithKey("accounts.SecurityEvent", "network_hash", _("which events came from one network")),
    EndsWithKey("accounts.Tries", "place_hash", _("counts of the last hours")),
)

MANIFEST = Manifest(
    parts=(
        *ended_again.ENDINGS,
        *ENDING,
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
