"""Pictures of a group."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.keys import CompositeKey
from diedie_edu.files.models import StoredFile
from happy_square.models.groups import PROGRAMME, Group
from happy_square.models.meet_ups import MeetUp


class GroupPicture(models.Model):
    """A picture on a group's page. Civil Code art. 1019: nobody's picture is published without
    their yes; PIPL art. 31: of a child, without its guardian's.

    `shown` says whom it shows and that they agreed, `agreed_note` how that was asked and where it
    is kept. Without it the picture stays with those who run the group. With a `meet_up` it was
    taken on that day.
    """

    belongs = Always(PROGRAMME)

    class Shown(models.TextChoices):
        NOBODY = "nobody", _("nobody can be recognised")
        ADULTS = "adults", _("grown-ups, and all of them agreed")
        GUARDIANS = "guardians", _("children too: all agreed, for each child a guardian in writing")

    group = models.ForeignKey(
        Group, models.PROTECT, related_name="pictures", verbose_name=_("group")
    )
    file = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="group_picture", verbose_name=_("file")
    )
    meet_up = models.ForeignKey(
        MeetUp,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="pictures",
        verbose_name=_("meet-up"),
    )
    caption = models.CharField(_("what it shows"), max_length=80)
    shown = models.CharField(_("who is shown"), max_length=10, choices=Shown, blank=True)
    agreed_note = models.CharField(_("how they agreed"), max_length=120, blank=True)
    agreed_at = models.DateTimeField(_("written down at"), null=True, blank=True)
    agreed_by = by_whom(_("written down by"), blank=True)

    class Meta:
        verbose_name = _("picture of a group")
        verbose_name_plural = _("pictures of groups")
        ordering = ["id"]
        constraints = [
            CompositeKey(
                name="picture_of_a_day_is_of_its_group",
                fields=["meet_up", "group"],
                to="happy_square.MeetUp",
                to_fields=["occasion", "group"],
            ),
            models.CheckConstraint(condition=~Q(caption=""), name="picture_says_what_it_shows"),
            models.CheckConstraint(
                condition=Q(shown="", agreed_note="", agreed_at=None, agreed_by=None)
                | Q(shown="nobody", agreed_at__isnull=False)
                | Q(shown__in=["adults", "guardians"], agreed_at__isnull=False)
                & ~Q(agreed_note=""),
                name="permission_of_those_shown_is_written_down",
            ),
        ]

    def __str__(self) -> str:
        return self.caption

    @property
    def is_published(self) -> bool:
        return self.agreed_at is not None
