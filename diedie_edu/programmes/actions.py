"""Working rules: confirming the version that holds."""

from datetime import datetime

from diedie_edu.accounts.models import User
from diedie_edu.programmes.models import RuleConfirmation, RuleVersion


def confirm_rules(*, version: RuleVersion, by: User, now: datetime) -> RuleConfirmation:
    """Somebody keeps to this version; confirming twice is harmless."""
    return RuleConfirmation.objects.get_or_create(user=by, version=version, defaults={"at": now})[0]
