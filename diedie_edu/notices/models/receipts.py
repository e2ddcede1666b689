"""What a provider reported of messages that we do not know by its number yet."""

from django.db import models
from django.db.models import Q

from diedie_edu.common.belonging import SHARED
from diedie_edu.notices.models.notices import Status


class Receipt(models.Model):
    """A report that came before our own call had ended: it waits for the attempt of its
    `gateway_id`, a day at most. `detail` is technical."""

    belongs = SHARED
    gateway_id = models.CharField(max_length=60, unique=True)
    status = models.CharField(max_length=10, choices=Status)
    detail = models.CharField(max_length=40, blank=True)
    came_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["delivered", "failed"]), name="receipt_says_the_end"
            ),
        ]
