"""The community's own groups, and what they do."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity
from diedie_edu.common.belonging import Always
from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.guards import Guard
from diedie_edu.common.keys import CompositeKey
from happy_square.models.children import CHILDREN_LEAVE_FIRST, LEADERS_ARE_CHECKED_FIRST

PROGRAMME = "happy-square"


class GroupKind(Bilingual):
    """Plan 五(一): 舞蹈、太极拳等: what groups do; an open list."""

    belongs = Always(PROGRAMME)
    place = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("kind of group")
        verbose_name_plural = _("kinds of groups")
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["title_zh"], name="group_kind_once"),
            models.CheckConstraint(condition=~Q(title_zh=""), name="group_kind_has_a_name"),
        ]


class Group(Activity):
    """Plan 五(一): 民间组织, a group that residents have made themselves; its members are those
    signed up, its meet-ups are occasions.

    Where it `takes_children` (under 14), adults work close to them: its occasions need checked
    people, and a key holds the two together. Whether it is listed says `standing`; a group that
    rests or has ended keeps its history. The portal takes no money: `dues` says what the group
    itself asks for, and what for. `sms_a_month` bounds the text messages of a calendar month.
    """

    class Standing(models.TextChoices):
        ACTIVE = "active", _("active")
        RESTING = "resting", _("resting")
        SUSPENDED = "suspended", _("suspended")
        ENDED = "ended", _("ended")

    class Joining(models.TextChoices):
        OPEN = "open", _("open to everybody")
        APPROVAL = "approval", _("the leader says yes")

    class Filing(models.TextChoices):
        NONE = "none", _("not filed")
        UNDER_WAY = "under_way", _("filing under way")
        FILED = "filed", _("filed")

    kind = models.ForeignKey(
        GroupKind, models.PROTECT, related_name="groups", verbose_name=_("kind of group")
    )
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing, default=Standing.ACTIVE, editable=False
    )
    standing_reason = models.CharField(
        _("why it stands so"), max_length=200, blank=True, editable=False
    )
    standing_until = models.DateField(_("until"), null=True, blank=True, editable=False)
    standing_since = models.DateTimeField(_("since"), null=True, editable=False)
    joining = models.CharField(
        _("how one joins"), max_length=10, choices=Joining, default=Joining.OPEN
    )
    takes_children = models.BooleanField(_("takes children under 14"), default=False)
    introduction = models.TextField(_("what the group does"), blank=True)
    dues = models.CharField(
        _("dues"),
        max_length=100,
        blank=True,
        help_text=_("How much and what for; the portal takes none. Left empty: no dues."),
    )
    on_holidays = models.BooleanField(_("also meets on public holidays"), default=False)
    sms_a_month = models.PositiveSmallIntegerField(_("text messages a month, at most"), default=4)
    filing = models.CharField(_("filing"), max_length=10, choices=Filing, default=Filing.NONE)
    filing_number = models.CharField(_("number of the filing"), max_length=40, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    filed_until = models.DateField(_("filing valid until"), null=True, blank=True)
    charter_on = models.DateField(_("date of the charter"), null=True, blank=True)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            CompositeKey(
                name="group_with_children_needs_checked_people",
                fields=["activity_ptr", "takes_children"],
                to="activities.Activity",
                to_fields=["id", "needs_clearance"],
                carried=True,
            ),
            models.CheckConstraint(
                condition=Q(standing="active", standing_reason="", standing_until=None)
                | Q(standing__in=["resting", "ended"]) & ~Q(standing_reason="")
                | Q(standing="suspended", standing_until__isnull=False) & ~Q(standing_reason=""),
                name="who_does_not_meet_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(filing="filed") | ~Q(filing_number="") & Q(filed_on__isnull=False),
                name="what_is_filed_has_a_number_and_a_date",
            ),
            models.CheckConstraint(
                condition=Q(filed_until=None) | Q(filed_until__gt=F("filed_on")),
                name="filing_holds_from_its_date_on",
            ),
            models.CheckConstraint(
                condition=Q(joining__in=["open", "approval"]), name="way_of_joining_is_known"
            ),
        ]

        triggers = [
            Guard(
                name="a_group_goes_on_from_week_to_week",
                operation=pgtrigger.Insert,
                func="""
                UPDATE activities_activity SET is_ongoing = TRUE WHERE id = NEW.activity_ptr_id;
                RETURN NULL;
                """,
            ),
            LEADERS_ARE_CHECKED_FIRST,
            CHILDREN_LEAVE_FIRST,
        ]

    @property
    def is_listed(self) -> bool:
        """Shown in the directory: it meets, or will again."""
        return self.standing in {self.Standing.ACTIVE, self.Standing.RESTING}

    @property
    def is_active(self) -> bool:
        return self.standing == self.Standing.ACTIVE
