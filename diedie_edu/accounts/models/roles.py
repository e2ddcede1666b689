"""Who holds which role, and how it came about."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models.users import User
from diedie_edu.accounts.permissions import Role
from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.manifests import programme_choices
from diedie_edu.common.references import DELETE, KEEP, On


class RoleGrant(models.Model):
    """A role that somebody gave to an account; `scope` names a lead's programme by its slug."""

    belongs = SHARED
    user = models.ForeignKey(User, On(erased=DELETE, merged=DELETE), related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    scope = models.SlugField(_("programme"), blank=True, choices=programme_choices)
    granted_by = by_whom(_("granted by"), blank=True, editable=False)
    granted_at = models.DateTimeField(_("granted at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("granted role")
        verbose_name_plural = _("granted roles")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "scope"], name="role_granted_once"),
            models.CheckConstraint(
                condition=Q(role=Role.PROGRAMME_LEAD) ^ Q(scope=""),
                name="only_leads_have_a_scope",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.get_scope_display()}".strip()


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
