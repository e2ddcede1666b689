"""Two volunteers who exchange their duties."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models.duties import Duty


class DutySwap(models.Model):
    """Whoever has the duty `offered` asks whoever has the duty `wanted`. Its id, signed, is the
    link in the message; it holds only while both still have them."""

    belongs = Along("offered__occasion__activity__programme__slug")

    class Answer(models.TextChoices):
        OPEN = "", _("not answered yet")
        YES = "yes", _("agrees")
        NO = "no", _("cannot")

    offered = models.ForeignKey(
        Duty, models.CASCADE, related_name="+", verbose_name=_("duty offered")
    )
    wanted = models.ForeignKey(
        Duty, models.CASCADE, related_name="+", verbose_name=_("duty wanted")
    )
    asking = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="+", verbose_name=_("who asks")
    )
    asked = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="+", verbose_name=_("who is asked")
    )
    asked_at = models.DateTimeField(pgettext_lazy("a question", "asked at"))
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("swap of duties")
        verbose_name_plural = _("swaps of duties")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["offered", "wanted"], condition=Q(answer=""), name="one_swap_is_asked"
            ),
            models.CheckConstraint(
                condition=~Q(asking=F("asked")), name="two_people_swap_their_duties"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(
                    answer__in=["yes", "no"],
                    answered_at__isnull=False,
                    answered_at__gte=F("asked_at"),
                ),
                name="a_swap_is_answered_once",
            ),
        ]
