"""When the portal's upkeep ran last, and what must not come back with an older back-up."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.guards import NeverEmptied


class Run(models.Model):
    """When a task that beat rings came to its end last, and since when it fails; /healthz and the
    desk read it, and beat when it starts. `held_until`, while one worker is at it: of several
    machines the others pass it by."""

    belongs = SHARED
    name = models.CharField(primary_key=True, max_length=40)
    ran_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("last run")
        verbose_name_plural = _("last runs")


class Ending(models.Model):
    """Something ended (`common.endings`): which kind, the row's number, and a word beside it. No
    name, phone or text of anybody. Written by triggers alone; `carried_at`, once it stands in the
    file outside. `mark` tells it from every other, also from one of a database that is gone."""

    belongs = SHARED
    mark = models.UUIDField(db_default=RandomUUID(), unique=True)
    kind = models.CharField(max_length=20)
    number = models.BigIntegerField()
    how = models.CharField(max_length=80, db_default="")
    at = models.DateTimeField(db_default=Now())
    carried_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("ending")
        verbose_name_plural = _("endings")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["id"], condition=Q(carried_at=None), name="ending_to_be_carried")
        ]
        triggers = [NeverEmptied(name="endings_are_never_emptied")]
