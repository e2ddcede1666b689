"""Who asked for rooms."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Along
from diedie_edu.common.by_whom import by_whom
from diedie_edu.people.models import Organisation
from diedie_edu.programmes.models import Programme


class RoomRequest(models.Model):
    """借用申请: somebody asks for rooms, once or as a series: a group, a programme or a partner.

    Its bookings hold the rooms from the first moment. Where a room `needs_approval` the request
    waits in `decisions`; else it is approved at once. What `goes_on` takes in further weeks by
    itself: the same weekdays, times and rooms. `whose` is the name of whom it is for, `asker` the
    key by which its app knows them (`holders.Askers`).
    """

    belongs = Along("programme__slug")

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("a room request", "waits for an answer")
        APPROVED = "approved", pgettext_lazy("a room request", "approved")
        REFUSED = "refused", pgettext_lazy("a room request", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("a room request", "taken back")
        ENDED = "ended", pgettext_lazy("a room request", "ended without an answer")

    OPEN = (State.WAITING, State.APPROVED)

    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="room_requests",
        verbose_name=_("programme"),
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="room_requests",
        verbose_name=_("partner"),
    )
    whose = models.CharField(_("for whom"), max_length=80)
    asker = models.CharField(_("key of whom it is for"), max_length=40, blank=True, editable=False)
    purpose = models.CharField(_("what for"), max_length=80)
    people = models.PositiveSmallIntegerField(_("how many people"), null=True, blank=True)
    note = models.CharField(_("what else we should know"), max_length=300, blank=True)
    goes_on = models.BooleanField(_("goes on every week"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.APPROVED)
    asked_by = by_whom(_("asked by"), null=False)
    asked_at = models.DateTimeField(_("asked at"))
    lead_told_at = models.DateTimeField(_("lead notified at"), null=True)

    class Meta:
        verbose_name = _("room request")
        verbose_name_plural = _("room requests")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(programme__isnull=False) ^ Q(organisation__isnull=False),
                name="a_room_request_is_a_programmes_or_a_partners",
            ),
            models.CheckConstraint(
                condition=~Q(purpose="") & ~Q(whose=""), name="a_room_request_says_what_for"
            ),
        ]

    def __str__(self) -> str:
        return self.purpose

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN
