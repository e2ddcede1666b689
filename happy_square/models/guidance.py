"""监控、指导: what staff found on the spot, and what follows from it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard, Stays
from diedie_edu.common.keys import CompositeKey
from diedie_edu.venues.models import Venue
from happy_square.models.groups import PROGRAMME, Group

GOES_ON = "A finding goes on by a word of its history."
NOT_AS_SAID = """
FROM happy_square_finding WHERE id = {finding} AND state <> coalesce(
    (SELECT state FROM happy_square_followup WHERE finding_id = {finding} ORDER BY id DESC LIMIT 1),
    'open')
"""


class Point(models.TextChoices):
    """The short checklist of a visit, in the order in which one looks."""

    SAFETY = "safety", pgettext_lazy("point", "safety")
    ORDER = "order", pgettext_lazy("point", "order")
    NOISE = "noise", pgettext_lazy("point", "noise")
    ACCOUNTS = "accounts", pgettext_lazy("point", "accounts")
    INSURANCE = "insurance", pgettext_lazy("point", "insurance")


class Visit(models.Model):
    """走访: somebody of the staff has looked at a group on the spot.

    `in_order` are the points they looked at and found well; what they found otherwise has a row of
    its own (`Finding`), and at the rest nobody looked. `sheet` is the number of the form it came
    by, so that sending it twice enters one visit.
    """

    belongs = Always(PROGRAMME)
    group = models.ForeignKey(Group, models.CASCADE, related_name="visits", verbose_name=_("group"))
    visited_at = models.DateTimeField(_("visited at"))
    by = by_whom(_("by whom"))
    in_order = ArrayField(
        models.CharField(max_length=10, choices=Point), verbose_name=_("in order"), default=list
    )
    note = models.CharField(_("also seen"), max_length=300, blank=True)
    sheet = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("visit to a group")
        verbose_name_plural = _("visits to groups")
        ordering = ["-visited_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_order__contained_by=Point.values), name="points_of_a_visit_are_known"
            ),
            # What the key of its findings refers to.
            models.UniqueConstraint(fields=["id", "group"], name="visit_with_its_group"),
        ]
        triggers = [
            Stays(
                name="a_visit_stays_as_it_was",
                condition=pgtrigger.AnyChange("group", "visited_at", "in_order", "sheet"),
                message="What was seen stays as it was written down. Enter another visit.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} · {self.visited_at:%Y-%m-%d}"


class Finding(models.Model):
    """问题: what a group has to put right by `due_on`; or a venue, where no group is concerned.

    The group answers, staff close it or say until when more is needed; its history are `FollowUp`s.
    `what` is written by staff: where it comes from a complaint, nothing in it tells who complained.
    """

    belongs = Always(PROGRAMME)

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("a finding", "to be put right")
        ANSWERED = "answered", pgettext_lazy("a finding", "answered")
        CLOSED = "closed", pgettext_lazy("a finding", "put right")

    group = models.ForeignKey(
        Group,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("group"),
    )
    venue = models.ForeignKey(
        Venue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("venue"),
    )
    visit = models.ForeignKey(
        Visit,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="findings",
        db_constraint=False,
        verbose_name=_("visit"),
    )
    point = models.CharField(_("point"), max_length=10, choices=Point)
    what = models.CharField(_("what was found"), max_length=200)
    due_on = models.DateField(_("to be put right by"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(_("found at"))
    found_by = by_whom(_("found by"))

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=~Q(state="closed"), name="findings_to_see_to"
            ),
        ]
        constraints = [
            CompositeKey(
                name="finding_is_of_its_visits_group",
                fields=["visit", "group"],
                to="happy_square.Visit",
                to_fields=["id", "group"],
                deleted_with=True,
            ),
            models.UniqueConstraint(fields=["visit", "point"], name="one_finding_of_a_point"),
            models.CheckConstraint(
                condition=Q(group__isnull=False, venue=None)
                | Q(group=None, visit=None, venue__isnull=False),
                name="finding_is_at_a_group_or_a_venue",
            ),
            models.CheckConstraint(
                condition=Q(point__in=Point.values), name="point_of_a_finding_is_known"
            ),
            models.CheckConstraint(condition=~Q(what=""), name="finding_says_what"),
        ]
        triggers = [
            Guard(
                name="what_was_in_order_has_no_finding",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("visit_id", "point"),  # type: ignore[no-untyped-call]
                found="""
                    FROM happy_square_visit WHERE id = NEW.visit_id AND NEW.point = ANY(in_order)
                """,
                message="The visit says that this point was in order.",
            ),
            Guard(
                name="a_finding_stands_as_its_last_word_says",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
                timing=pgtrigger.Deferred,
                found=NOT_AS_SAID.format(finding="NEW.id"),
                message=GOES_ON,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group or self.venue} · {self.get_point_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_answered(self) -> bool:
        return self.state == self.State.ANSWERED

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED


class FollowUp(models.Model):
    """整改: what the group said to a finding, or staff; the finding then is in this `state`."""

    belongs = Always(PROGRAMME)
    finding = models.ForeignKey(
        Finding, models.CASCADE, related_name="follow_ups", verbose_name=_("finding")
    )
    state = models.CharField(_("state"), max_length=10, choices=Finding.State)
    words = models.CharField(_("in words"), max_length=300)
    due_on = models.DateField(_("to be put right by"), null=True, blank=True)
    at = models.DateTimeField(_("at"))
    by = by_whom(_("by whom"))

    class Meta:
        verbose_name = _("word on a finding")
        verbose_name_plural = _("words on findings")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", due_on__isnull=False)
                | Q(state__in=["answered", "closed"], due_on=None),
                name="what_is_not_enough_has_a_new_day",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="follow_up_says_something"),
        ]
        triggers = [
            Guard(
                name="a_word_on_a_finding_says_how_it_stands",
                constraint="a_finding_stands_as_its_last_word_says",
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                found=NOT_AS_SAID.format(finding="NEW.finding_id"),
                message=GOES_ON,
            ),
            Stays(
                name="a_word_on_a_finding_stays",
                condition=pgtrigger.AnyChange("finding", "state", "words", "due_on", "at"),
                message="What was said stays. Say more by another word.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding} · {self.get_state_display()}"
