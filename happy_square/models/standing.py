"""How a group stood, and why: it rested, was suspended, came back or ended."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Stays
from happy_square.models.groups import PROGRAMME, Group


class StandingChange(models.Model):
    """One line of a group's history, kept for ever; the last one says how it stands.

    While it is suspended (停办整改) the group may `answer` once what it has put right.
    """

    belongs = Always(PROGRAMME)
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="standings", verbose_name=_("group")
    )
    standing = models.CharField(_("standing"), max_length=10, choices=Group.Standing)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    at = models.DateTimeField(_("at"))
    by = by_whom(_("by"), null=False)
    answer = models.TextField(_("the group's answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = by_whom(_("answered by"), blank=True)

    class Meta:
        verbose_name = _("change of standing")
        verbose_name_plural = _("changes of standing")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(standing="active") | ~Q(reason=""),
                name="change_of_standing_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(standing="suspended", answered_at__isnull=False) & ~Q(answer=""),
                name="suspended_group_answers_at_a_time",
            ),
        ]
        triggers = [
            Stays(
                name="history_of_a_group_stays",
                condition=pgtrigger.AnyChange("group", "standing", "reason", "until", "at", "by"),
                message="How a group stood is not rewritten.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.get_standing_display()}"
