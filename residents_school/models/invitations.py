"""Asking somebody to give a lecture."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.people.models import Volunteer
from residents_school.models.lectures import Lecture


class Invitation(models.Model):
    """Plan 三(二): an expert volunteer or one of the lecturers' team is asked to speak.

    It is open while no final answer came: whoever proposed another date may still say yes or
    no. Accepting books the person (`activities.Duty`), which is the truth of who speaks.
    """

    belongs = Along("lecture__programme__slug")

    class State(models.TextChoices):
        INVITED = "invited", _("no answer yet")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        OTHER_DATE = "other_date", _("proposes another date")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN = (State.INVITED, State.OTHER_DATE)

    lecture = models.ForeignKey(
        Lecture, models.CASCADE, related_name="invitations", verbose_name=_("lecture")
    )
    volunteer = models.ForeignKey(
        Volunteer, models.CASCADE, related_name="invitations", verbose_name=_("volunteer")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.INVITED)
    note = models.CharField(_("a word to the speaker"), max_length=120, blank=True)
    proposed_days = ArrayField(
        models.DateField(), default=list, blank=True, verbose_name=_("days proposed")
    )
    word = models.CharField(_("a word to the staff"), max_length=120, blank=True)
    invited_by = by_whom(_("invited by"))
    invited_at = models.DateTimeField(_("invited at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lecture", "volunteer"],
                condition=Q(state__in=["invited", "other_date"]),
                name="one_open_invitation",
            ),
            models.CheckConstraint(
                condition=Q(state="invited", answered_at=None)
                | Q(state__in=["accepted", "declined", "other_date"], answered_at__isnull=False)
                | Q(state="withdrawn"),
                name="invitation_answer_fits_its_state",
            ),
            models.CheckConstraint(
                condition=Q(state="other_date") & ~Q(proposed_days=[])
                | ~Q(state="other_date") & Q(proposed_days=[])
                | Q(state="withdrawn"),
                name="another_date_names_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} · {self.lecture}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN
