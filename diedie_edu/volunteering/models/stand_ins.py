"""Who is asked to take a slot that was given back."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models.duties import Duty


class StandIn(models.Model):
    """Somebody is asked to take a slot that was given back; the first who accepts gets it.

    Its id, signed, is the link in the message. A slot given back twice asks anew.
    """

    belongs = Along("duty__occasion__activity__programme__slug")

    class Answer(models.TextChoices):
        OPEN = "", _("not answered yet")
        YES = "yes", _("takes it")
        NO = "no", _("cannot")

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="stand_ins", verbose_name=_("duty"))
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="asked_to_stand_in", verbose_name=_("volunteer")
    )
    asked_at = models.DateTimeField(pgettext_lazy("a question", "asked at"))
    answer = models.CharField(_("answer"), max_length=3, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("question to a stand-in")
        verbose_name_plural = _("questions to stand-ins")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "volunteer"], name="stand_in_asked_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(
                    answer__in=["yes", "no"],
                    answered_at__isnull=False,
                    answered_at__gte=F("asked_at"),
                ),
                name="stand_in_answers_once",
            ),
        ]
