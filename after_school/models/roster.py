"""How many adults each zone needs, and who is asked to stand in. The slots are duties."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from after_school.models.terms import Weekday, Zone
from diedie_edu.people.models import Volunteer
from diedie_edu.volunteering.models import Duty


class StaffNeed(models.Model):
    """For one zone on one weekday: never fewer adults than `adults`, and one for so many."""

    zone = models.ForeignKey(
        Zone, models.CASCADE, related_name="staff_needs", verbose_name=_("zone")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    adults = models.PositiveSmallIntegerField(_("smallest number of adults"))
    children_per_adult = models.PositiveSmallIntegerField(_("children for each adult"))

    class Meta:
        verbose_name = _("need of adults")
        verbose_name_plural = _("needs of adults")
        ordering = ["zone", "weekday"]
        constraints = [
            models.UniqueConstraint(fields=["zone", "weekday"], name="staff_need_once"),
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values), name="staff_need_is_for_a_school_day"
            ),
            models.CheckConstraint(
                condition=Q(adults__gt=0, children_per_adult__gt=0),
                name="staff_need_is_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zone} {self.get_weekday_display()}"

    @property
    def slots(self) -> int:
        """Adults for a full zone."""
        return max(self.adults, -(-self.zone.places // self.children_per_adult))


class StandIn(models.Model):
    """Somebody is asked to take a slot that was given back; the first who accepts gets it.

    Its id, signed, is the link in the message. A slot given back twice asks anew.
    """

    class Answer(models.TextChoices):
        OPEN = "", _("not answered yet")
        YES = "yes", _("takes it")
        NO = "no", _("cannot")

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="stand_ins", verbose_name=_("duty"))
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="asked_to_stand_in", verbose_name=_("volunteer")
    )
    asked_at = models.DateTimeField(_("asked at"))
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
