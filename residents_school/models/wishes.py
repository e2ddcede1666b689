"""What residents want to learn, said with one tap at any time of the year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.people.models import Resident, Topic
from residents_school.models.lectures import Lecture


class Wish(models.Model):
    """“I want to learn this.” A lecture on the topic answers it, and the person is told once.

    A wish whose lecture is called off stands open again (`queries.open_wishes`).
    """

    belongs = Always("residents-school")
    resident = models.ForeignKey(
        Resident, On(erased=DELETE, merged=MOVE), related_name="wishes", verbose_name=_("resident")
    )
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="wishes", verbose_name=_("topic"))
    wished_at = models.DateTimeField(_("wished at"))
    answered_by = models.ForeignKey(
        Lecture,
        models.SET_NULL,
        null=True,
        related_name="wishes",
        verbose_name=_("lecture that answers it"),
    )

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["wished_at", "id"]
        indexes = [models.Index(fields=["topic"], condition=Q(answered_by=None), name="wish_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "topic"],
                condition=Q(answered_by=None),
                name="one_open_wish_per_topic",
            )
        ]

    def __str__(self) -> str:
        return f"{self.resident} · {self.topic}"
