"""The secret address by which an account's own dates reach a calendar on a phone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.references import DELETE, KEEP, On


class CalendarFeed(models.Model):
    """日历订阅: one an account. The token itself is kept nowhere, only its keyed hash.

    A renewed feed has another digest; a revoked one has no row.
    """

    belongs = SHARED
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        On(erased=DELETE, merged=KEEP),
        related_name="calendar_feed",
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("calendar subscription")
        verbose_name_plural = _("calendar subscriptions")
        constraints = [
            # Neither a token nor an empty text can stand where a hash belongs.
            models.CheckConstraint(
                condition=Q(digest__regex="^[0-9a-f]{64}$"), name="feed_keeps_only_a_hash"
            )
        ]
