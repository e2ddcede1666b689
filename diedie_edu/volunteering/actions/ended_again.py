"""What of certificates stays ended when an older back-up is brought back."""

from datetime import datetime

from django.utils.translation import gettext as _

from diedie_edu.common.endings import EndingKind
from diedie_edu.volunteering.models import Certificate


def _certificate(number: int, _how: str, now: datetime) -> bool:
    """The words of the reason went with the database."""
    valid = Certificate.objects.filter(pk=number, revoked_at=None)
    reason = _("revoked before a back-up was brought back")
    return bool(valid.update(revoked_at=now, revoke_reason=reason))


ENDINGS = (
    EndingKind(
        "certificate",
        50,
        "volunteering_certificate",
        "UPDATE",
        _certificate,
        when="OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL",
    ),
)
