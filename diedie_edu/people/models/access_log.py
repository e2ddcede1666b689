"""The log of who has looked at a child's record."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays


class ChildAccess(models.Model):
    """Somebody other than the guardian looked at a child's record, or wanted to and was refused.
    Never changed, never deleted.

    The child is named by its number alone, so that the line stays when the child is erased.
    """

    belongs = SHARED
    child_number = models.BigIntegerField(_("number of the child"), db_index=True)
    viewer = by_whom(_("who looked"), null=False, db_index=False)
    page = models.CharField(_("on which page"), max_length=60)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    at = models.DateTimeField(_("at what time"))
    is_refused = models.BooleanField(_("refused"), default=False)

    class Meta:
        verbose_name = _("look at a child's record")
        verbose_name_plural = _("looks at children's records")
        ordering = ["-at", "-id"]
        # Each answer with a child's name asks what its reader has looked at within the hour.
        indexes = [models.Index(fields=["viewer", "page", "at"], name="looks_of_a_viewer")]
        constraints = [
            models.CheckConstraint(condition=~Q(page=""), name="access_names_its_page"),
        ]
        triggers = [
            Stays(
                name="access_to_a_child_stays_in_the_log",
                operation=pgtrigger.Update | pgtrigger.Delete,
                message="The log of looks at children is only ever added to.",
            ),
            NeverEmptied(name="the_log_of_access_is_never_emptied"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
