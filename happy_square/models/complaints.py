"""What residents complain of, without signing in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.venues.models import Venue
from happy_square.models.groups import PROGRAMME, Group
from happy_square.models.guidance import Finding


class Complaint(models.Model):
    """投诉: of a group or of a venue, in the resident's own words, for staff alone.

    It becomes a finding with a due date (several may become one), or staff say why nothing follows.
    Its `result` is what whoever complained reads at the address they were given; the `phone` is
    there until then, for one text message in their `language`. `sheet` is the number of the form
    it came by, so that sending it twice enters one.
    """

    belongs = Always(PROGRAMME)

    class About(models.TextChoices):
        NOISE = "noise", pgettext_lazy("a complaint", "noise")
        SPACE = "space", pgettext_lazy("a complaint", "the place is taken up")
        SELLING = "selling", pgettext_lazy("a complaint", "old people are sold things")
        MONEY = "money", pgettext_lazy("a complaint", "money is not clear")
        OTHER = "other", pgettext_lazy("a complaint", "something else")

    class Result(models.TextChoices):
        PUT_RIGHT = "put_right", pgettext_lazy("a complaint", "put right")
        NOTHING_FOUND = "nothing_found", pgettext_lazy("a complaint", "nothing was found")
        NOT_OURS = "not_ours", pgettext_lazy("a complaint", "passed on to who is in charge")

    about = models.CharField(_("about what"), max_length=10, choices=About)
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("group")
    )
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("venue")
    )
    words = SealedTextField(_("in own words"))
    phone = SealedTextField(_("phone"), blank=True)
    language = models.CharField(_("language"), max_length=10)
    written_at = models.DateTimeField(_("written at"))
    sheet = models.UUIDField(unique=True, editable=False)
    finding = models.ForeignKey(
        Finding,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name=_("finding"),
    )
    result = models.CharField(_("result"), max_length=14, choices=Result, blank=True)
    answer = models.CharField(_("answer to whoever complained"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = by_whom(_("settled by"), blank=True)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-written_at", "-id"]
        indexes = [
            models.Index(
                fields=["written_at"], condition=Q(settled_at=None), name="complaints_to_see_to"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False) | Q(venue__isnull=False),
                name="complaint_names_a_group_or_a_venue",
            ),
            models.CheckConstraint(
                condition=Q(result="", answer="", settled_at=None, settled_by=None)
                | Q(
                    result__in=["put_right", "nothing_found", "not_ours"],
                    settled_at__isnull=False,
                    phone="",
                ),
                name="phone_goes_with_the_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_about_display()} · {self.where}"

    @property
    def where(self) -> str:
        """The group, the venue, or both."""
        return " · ".join(str(place) for place in (self.group, self.venue) if place)

    @property
    def is_new(self) -> bool:
        """Nobody of the staff has seen to it yet."""
        return self.finding_id is None and self.settled_at is None
