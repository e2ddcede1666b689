"""Making, renewing and revoking the secret address of a person's own dates."""

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from diedie_edu.accounts.models import User
from diedie_edu.activities.models import CalendarFeed
from diedie_edu.common.crypto import keyed_hash
from diedie_edu.portal.calendar.queries import PURPOSE

TOKEN_BYTES = 32


@transaction.atomic
def renew_feed(*, by: User, now: datetime) -> str:
    """Give the account a new token, which is returned this once; the former one is dead."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.filter(account__merged_into=by).delete()
    kept = {"digest": keyed_hash(token, PURPOSE), "made_at": now}
    CalendarFeed.objects.update_or_create(account=by, defaults=kept)
    return token


def revoke_feed(*, by: User) -> None:
    """Close the account's feed; harmless where there is none."""
    CalendarFeed.objects.filter(Q(account=by) | Q(account__merged_into=by)).delete()
