"""Who asks to be forgotten, and by which day it must be done."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import SHARED
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard
from diedie_edu.common.references import KEEP, MOVE, On
from diedie_edu.people.models.residents import Resident

STAYS_BY_NUMBER = On(erased=KEEP, merged=MOVE)


class ErasureRequest(models.Model):
    """PIPL art. 15, 47: somebody asks to be erased, or to have the account alone closed.

    The privacy notice promises it within fifteen working days, of which `due_on` is the last. The
    row names nobody but by number, so it stays when it is done: it proves that and when it was.
    """

    belongs = SHARED

    class Scope(models.TextChoices):
        ALL = "all", _("everything about the person, the account too")
        ACCOUNT = "account", _("the account alone")

    class Seen(models.TextChoices):
        SIGNED_IN = "signed_in", _("signed in on the portal")
        CARD = "card", _("identity card seen")
        KNOWN = "known", _("known in person")

    class Ending(models.TextChoices):
        DONE = "done", pgettext_lazy("a request to be erased", "done")
        WITHDRAWN = "withdrawn", pgettext_lazy("a request to be erased", "taken back")

    resident = models.ForeignKey(
        Resident,
        STAYS_BY_NUMBER,
        null=True,
        related_name="erasure_requests",
        verbose_name=_("resident"),
    )
    account = by_whom(_("account"), on=STAYS_BY_NUMBER)
    scope = models.CharField(_("what is to go"), max_length=8, choices=Scope)
    seen = models.CharField(_("how we know who asks"), max_length=10, choices=Seen)
    asked_by = by_whom(_("entered by"))
    asked_at = models.DateTimeField(_("asked at"))
    due_on = models.DateField(_("to be done by"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ending = models.CharField(_("how it ended"), max_length=10, choices=Ending, blank=True)
    ended_by = by_whom(_("ended by"))

    class Meta:
        verbose_name = _("request to be erased")
        verbose_name_plural = _("requests to be erased")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["resident"], condition=Q(ended_at=None), name="one_open_erasure_of_a_person"
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(ended_at=None),
                name="one_open_erasure_of_an_account",
            ),
            models.CheckConstraint(
                condition=Q(scope="all", resident__isnull=False) | Q(account__isnull=False),
                name="erasure_is_about_somebody",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=["all", "account"])
                & Q(seen__in=["signed_in", "card", "known"]),
                name="erasure_is_asked_for_in_a_known_way",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="", ended_by=None)
                | Q(
                    ended_at__isnull=False,
                    ended_at__gte=F("asked_at"),
                    ending__in=["done", "withdrawn"],
                ),
                name="erasure_ends_in_one_way",
            ),
        ]
        triggers = [
            Guard(
                name="an_erasure_that_is_done_has_left_nobody",
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("ending"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Q(new__ending="done"),
                found="""
                FROM people_erasurerequest asked
                LEFT JOIN people_resident person ON person.id = asked.resident_id
                LEFT JOIN accounts_user account ON account.id = asked.account_id
                WHERE asked.id = NEW.id AND asked.ending = 'done' AND (
                    account.id IS NOT NULL AND account.erased_at IS NULL
                    OR asked.scope = 'all' AND person.id IS NOT NULL AND person.erased_at IS NULL)
                """,
                message="Somebody is still there whose erasure is said to be done.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.asked_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None
