"""What people say of an occasion they came to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.activities.models import Attendance
from diedie_edu.common.belonging import Along


class Feedback(models.Model):
    """听后感: three answers of one tap each, in any order, and words for the staff.

    An answer that was not given yet is empty; it counts once all three are there.
    """

    belongs = Along("attendance__occasion__activity__programme__slug")

    class Use(models.TextChoices):
        LITTLE = "little", pgettext_lazy("of use", "little")
        SOME = "some", pgettext_lazy("of use", "some")
        MUCH = "much", pgettext_lazy("of use", "much")

    class Level(models.TextChoices):
        EASY = "easy", _("too easy")
        RIGHT = "right", _("just right")
        HARD = "hard", _("too hard")

    class Again(models.TextChoices):
        YES = "yes", _("I would come again")
        MAYBE = "maybe", _("perhaps")
        NO = "no", _("I would not")

    attendance = models.OneToOneField(Attendance, models.CASCADE, related_name="feedback")
    use = models.CharField(_("of use"), max_length=6, choices=Use, blank=True)
    level = models.CharField(_("level"), max_length=5, choices=Level, blank=True)
    again = models.CharField(_("would come again"), max_length=5, choices=Again, blank=True)
    words = models.CharField(_("in their words"), max_length=300, blank=True)
    said_at = models.DateTimeField(pgettext_lazy("feedback", "said at"))

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = [
            models.CheckConstraint(
                condition=Q(use__in=["", "little", "some", "much"])
                & Q(level__in=["", "easy", "right", "hard"])
                & Q(again__in=["", "yes", "maybe", "no"]),
                name="feedback_answers_are_known",
            )
        ]
