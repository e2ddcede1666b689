"""Groups that ask to be listed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.references import DELETE, MOVE, On
from diedie_edu.people.models import Resident
from happy_square.models.groups import PROGRAMME, Group, GroupKind


class GroupApplication(models.Model):
    """Plan 五(一): a group that exists asks for a place in the directory; staff decide.

    `leader` answers for it. `times` are the usual ones as they were told (weekday, starts, ends,
    venue's id and whether with music), which become weekly times. What came on paper says where the
    paper lies. `group` is what became of it.
    """

    belongs = Always(PROGRAMME)
    leader = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="group_applications",
        verbose_name=_("leader"),
    )
    title = models.CharField(_("name of the group"), max_length=80)
    kind = models.ForeignKey(
        GroupKind, models.PROTECT, related_name="applications", verbose_name=_("kind of group")
    )
    summary = models.CharField(_("in a sentence"), max_length=200, blank=True)
    introduction = models.TextField(_("what the group does"), max_length=1000, blank=True)
    capacity = models.PositiveSmallIntegerField(_("members at most"), default=30)
    joining = models.CharField(
        _("how one joins"), max_length=10, choices=Group.Joining, default=Group.Joining.OPEN
    )
    takes_children = models.BooleanField(_("takes children under 14"), default=False)
    dues = models.CharField(_("dues"), max_length=100, blank=True)
    shows_phone = models.BooleanField(_("the phone stands on the group's page"), default=False)
    times = models.JSONField(_("usual times"), default=list)
    paper_reference = models.CharField(_("where the paper lies"), max_length=60, blank=True)
    group = models.OneToOneField(
        Group,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="application",
        verbose_name=_("group"),
    )

    class Meta:
        verbose_name = _("application of a group")
        verbose_name_plural = _("applications of groups")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="application_names_its_group"),
            models.CheckConstraint(
                condition=Q(capacity__gte=1), name="group_that_asks_has_room_for_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.title
