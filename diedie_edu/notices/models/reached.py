"""The call list's own table: who was told of an event by telephone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.people.models import Resident


class Reached(models.Model):
    """Staff have told somebody of an event by telephone or in person.

    Without a person it is an alarm that somebody has seen to.
    """

    belongs = SHARED
    event = models.CharField(max_length=180)
    recipient = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        null=True,
        related_name="+",
        verbose_name=_("recipient"),
    )
    account = models.ForeignKey(
        User,
        On(erased=DELETE, merged=MOVE),
        null=True,
        related_name="+",
        verbose_name=_("account"),
    )
    by = by_whom(_("by whom"))
    at = models.DateTimeField(_("at what time"))

    class Meta:
        verbose_name = _("person reached by telephone")
        verbose_name_plural = _("people reached by telephone")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "recipient", "account"],
                nulls_distinct=False,
                name="reached_once",
            ),
            models.CheckConstraint(
                condition=Q(recipient=None) | Q(account=None), name="reached_is_one_person"
            ),
            models.CheckConstraint(condition=~Q(event=""), name="reached_names_its_event"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
