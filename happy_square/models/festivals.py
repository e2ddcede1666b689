"""What several groups make together: the running order, who takes part, and rehearsals."""

from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models.events import Event
from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.keys import CompositeKey
from diedie_edu.venues.models import Booking
from happy_square.models.groups import PROGRAMME, Group

LONGEST = 120  # minutes of an item


class Festival(Event):
    """联欢: an event that several groups fill; a group needs `changing_minutes` between two of its
    items."""

    changing_minutes = models.PositiveSmallIntegerField(
        _("minutes a group needs to change"), default=10
    )

    class Meta:
        verbose_name = _("festival")
        verbose_name_plural = _("festivals")
        constraints = [
            models.CheckConstraint(
                condition=Q(changing_minutes__lte=LONGEST), name="changing_takes_a_likely_time"
            )
        ]


class FestivalInvitation(models.Model):
    """邀请: a group is asked to take part, once, and its leader says yes or no."""

    belongs = Always(PROGRAMME)

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("takes part")
        DECLINED = "declined", _("does not take part")
        WITHDRAWN = "withdrawn", _("taken back")

    festival = models.ForeignKey(
        Festival, models.CASCADE, related_name="invitations", verbose_name=_("festival")
    )
    group = models.ForeignKey(
        Group, models.CASCADE, related_name="festival_invitations", verbose_name=_("group")
    )
    note = models.CharField(_("a line for the group"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    word = models.CharField(_("what the group says"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = by_whom(_("asked by"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = by_whom(_("answered by"), blank=True)

    class Meta:
        verbose_name = _("invitation to a festival")
        verbose_name_plural = _("invitations to festivals")
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["festival", "group"], name="a_group_is_invited_once"),
            # What the keys of items and rehearsals refer to.
            models.UniqueConstraint(fields=["id", "festival"], name="invitation_with_its_festival"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None, answered_by=None)
                | Q(state__in=["accepted", "declined", "withdrawn"], answered_at__isnull=False),
                name="answer_to_a_festival_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED


class FestivalItem(models.Model):
    """节目: what is shown at a festival, by a group that is invited, or by nobody of them.

    Its time follows from the beginning and from what stands before it (`rules.running_order`),
    and is stored nowhere.
    """

    belongs = Always(PROGRAMME)
    festival = models.ForeignKey(
        Festival, models.CASCADE, related_name="items", verbose_name=_("festival")
    )
    invitation = models.ForeignKey(
        FestivalInvitation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("group"),
    )
    title = models.CharField(_("title of the item"), max_length=60)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    needs = models.CharField(
        _("what it needs on stage"),
        max_length=100,
        blank=True,
        help_text=_("E.g. two microphones, their own music. Only on the printed sheet."),
    )
    place = models.PositiveSmallIntegerField(_("order"), editable=False)

    class Meta:
        verbose_name = _("item of a festival")
        verbose_name_plural = _("items of festivals")
        ordering = ["festival", "place"]
        constraints = [
            # Two change their places in one statement.
            models.UniqueConstraint(
                fields=["festival", "place"],
                name="one_item_in_each_place",
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=LONGEST), name="item_takes_a_likely_time"
            ),
            CompositeKey(
                name="items_are_of_groups_invited",
                fields=["invitation", "festival"],
                to="happy_square.FestivalInvitation",
                to_fields=["id", "festival"],
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Rehearsal(models.Model):
    """彩排: a room is held before the festival, for all who take part or for one group.

    When it is and whether it is off says its booking.
    """

    belongs = Always(PROGRAMME)
    festival = models.ForeignKey(
        Festival, models.CASCADE, related_name="rehearsals", verbose_name=_("festival")
    )
    booking = models.OneToOneField(
        Booking, models.PROTECT, related_name="rehearsal", verbose_name=_("booking")
    )
    invitation = models.ForeignKey(
        FestivalInvitation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="rehearsals",
        verbose_name=_("group"),
        help_text=_("Left empty: everybody who takes part."),
    )
    note = models.CharField(_("what is rehearsed"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("rehearsal")
        verbose_name_plural = _("rehearsals")
        ordering = ["booking__starts_at", "id"]
        constraints = [
            CompositeKey(
                name="rehearsals_are_of_groups_invited",
                fields=["invitation", "festival"],
                to="happy_square.FestivalInvitation",
                to_fields=["id", "festival"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.festival} · {self.booking.starts_at:%Y-%m-%d %H:%M}"
