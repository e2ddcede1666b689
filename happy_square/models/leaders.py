"""Who leads a group, now and before."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.references import DELETE, KEEP, MOVE, On
from diedie_edu.people.models import Resident
from happy_square.models.children import A_LEADER_IS_GROWN, LEADER_IS_CHECKED
from happy_square.models.groups import PROGRAMME, Group


class Leadership(models.Model):
    """领队: somebody leads a group from `since` on, as long as `ended_at` is empty.

    At most one leader, one deputy and one acting leader at a time, and nobody is two of them. An
    acting leader is named by staff, for a `reason`. Others see the phone only where the person
    said so (`shows_phone`). `account` is the one they began with; without one staff act for them.
    """

    belongs = Always(PROGRAMME)

    class Part(models.TextChoices):
        LEADER = "leader", _("leader")
        DEPUTY = "deputy", _("deputy leader")
        ACTING = "acting", _("acting leader")

    group = models.ForeignKey(
        Group, models.CASCADE, related_name="leaderships", verbose_name=_("group")
    )
    resident = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="leaderships",
        verbose_name=_("resident"),
    )
    part = models.CharField(_("part in the group"), max_length=8, choices=Part)
    shows_phone = models.BooleanField(_("the phone stands on the group's page"), default=False)
    account = by_whom(_("account"), on=On(erased=KEEP, merged=MOVE), blank=True)
    since = models.DateTimeField(_("since"))
    named_by = by_whom(_("named by"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = by_whom(_("ended by"), blank=True)

    class Meta:
        verbose_name = _("leader of a group")
        verbose_name_plural = _("leaders of groups")
        ordering = ["group", "part", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "part"],
                condition=Q(ended_at=None),
                name="one_of_each_part_leads_a_group",
            ),
            models.UniqueConstraint(
                fields=["group", "resident"],
                condition=Q(ended_at=None),
                name="one_part_of_a_person_in_a_group",
            ),
            models.CheckConstraint(
                condition=Q(part__in=["leader", "deputy", "acting"]), name="part_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(part="acting") | ~Q(reason=""),
                name="acting_leader_is_named_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__gte=F("since")),
                name="leadership_ends_after_it_began",
            ),
        ]
        triggers = [LEADER_IS_CHECKED, A_LEADER_IS_GROWN]

    def __str__(self) -> str:
        return f"{self.group} · {self.get_part_display()}"


class HandOver(models.Model):
    """交接: a leader offers the group to a successor, who says yes or no; one open offer each."""

    belongs = Always(PROGRAMME)

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")

    group = models.ForeignKey(
        Group, models.CASCADE, related_name="hand_overs", verbose_name=_("group")
    )
    successor = models.ForeignKey(
        Resident,
        On(erased=DELETE, merged=MOVE),
        related_name="groups_offered",
        verbose_name=_("successor"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    offered_at = models.DateTimeField(_("offered at"))
    offered_by = by_whom(_("offered by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = by_whom(_("answered by"), blank=True)

    class Meta:
        verbose_name = _("hand-over of a group")
        verbose_name_plural = _("hand-overs of groups")
        ordering = ["-offered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(state="open"), name="one_open_hand_over_of_a_group"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None, answered_by=None)
                | Q(
                    state__in=["accepted", "declined", "withdrawn"],
                    answered_at__isnull=False,
                ),
                name="answer_to_a_hand_over_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.get_state_display()}"
