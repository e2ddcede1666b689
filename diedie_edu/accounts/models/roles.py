"""Who holds which role, and how it came about."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models.users import User
from diedie_edu.accounts.permissions import SCOPED, Role
from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.manifests import programme_choices
from diedie_edu.common.references import DELETE, KEEP, On


def holding_on(today: date) -> Q:
    """Grants that hold on a day."""
    begun = Q(first_day=None) | Q(first_day__lte=today)
    return begun & (Q(last_day=None) | Q(last_day__gte=today))


class RoleGrant(models.Model):
    """A role that somebody gave to an account; `scope` names by its slug the programme for which
    alone it holds. A committee reader's holds from `first_day` to `last_day`, both included, by
    the days of Shanghai; every other one until it is taken."""

    belongs = SHARED
    user = models.ForeignKey(User, On(erased=DELETE, merged=DELETE), related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    scope = models.SlugField(_("programme"), blank=True, choices=programme_choices)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    granted_by = by_whom(_("granted by"), blank=True, editable=False)
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("granted role")
        verbose_name_plural = _("granted roles")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "scope"], name="role_granted_once"),
            models.CheckConstraint(
                condition=Q(role__in=SCOPED) ^ Q(scope=""),
                name="only_leads_and_readers_have_a_scope",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.COMMITTEE_READER, first_day__isnull=False)
                & Q(last_day__isnull=False, last_day__gte=F("first_day"))
                | (~Q(role=Role.COMMITTEE_READER) & Q(first_day=None, last_day=None)),
                name="a_committee_reader_has_days",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        words = f"{self.get_role_display()} {self.get_scope_display()}".strip()
        return f"{words} {self.first_day}–{self.last_day}" if self.last_day else words

    def holds_on(self, today: date) -> bool:
        """As `holding_on`."""
        begun = self.first_day is None or self.first_day <= today
        return begun and (self.last_day is None or today <= self.last_day)


class RoleChange(models.Model):
    """A line of the history: who gave or took which role, and when. Never changed."""

    belongs = SHARED
    user = models.ForeignKey(
        User,
        On(erased=KEEP, merged=KEEP),
        related_name="role_changes",
        verbose_name=_("account"),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    scope = models.SlugField(_("programme"), blank=True, choices=programme_choices)
    first_day = models.DateField(_("first day"), null=True)
    last_day = models.DateField(_("last day"), null=True)
    is_given = models.BooleanField(_("given"))
    by = by_whom(_("by whom"))
    at = models.DateTimeField(_("at what time"))

    class Meta:
        verbose_name = _("change of a role")
        verbose_name_plural = _("changes of roles")
        ordering = ["-at", "-id"]
        triggers = [
            Stays(
                name="the_history_of_roles_stays_as_it_was",
                condition=pgtrigger.AnyChange(exclude=["by"]),  # whose account may be deleted
                message="The history of roles is only ever added to.",
            ),
            NeverEmptied(name="the_history_of_roles_is_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.get_scope_display()}".strip()
