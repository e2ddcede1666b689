"""How often something was tried in vain from one place."""

from django.db import models

from diedie_edu.common.belonging import SHARED


class Tries(models.Model):
    """Vain tries of one kind from one place within a span of time.

    The hash of the place differs from span to span and rows live for a day or two, so nobody can be
    followed.
    """

    belongs = SHARED
    place_hash = models.CharField(max_length=64)
    since = models.DateTimeField(db_index=True)
    number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place_hash", "since"], name="tries_counted_once")
        ]
