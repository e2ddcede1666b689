"""动员: who goes to which building, how every visit and call ended, phones left by visitors."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import NeverEmptied, Stays
from diedie_edu.common.references import DELETE, KEEP, MOVE, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import Resident
from edu_base.models.schemes import PROGRAMME, SchemeYear
from edu_base.models.states import Scheme


def building_words(building: str) -> str:
    return _("Building %s") % building if building else str(_("No building known"))


class ContactList(models.Model):
    """The young people of one building in one year, given to one account.

    Who stands on it is worked out whenever it is opened (`queries.mobilising`), so whoever moves in
    is on it, and whoever wants no more visits is gone from it at once. `building` is empty for the
    list of those of whom no building is known.
    """

    belongs = Always(PROGRAMME)
    scheme_year = models.ForeignKey(
        SchemeYear,
        models.PROTECT,
        related_name="contact_lists",
        verbose_name=_("year of a scheme"),
    )
    building = models.CharField(_("building"), max_length=50, blank=True)
    given_to = by_whom(
        _("given to"), on=On(erased=DELETE, merged=MOVE), null=False, related_name="contact_lists"
    )
    given_by = by_whom(_("given by"), null=False)
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("contact list")
        verbose_name_plural = _("contact lists")
        ordering = ["scheme_year", "building"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme_year", "building"], name="one_contact_list_of_a_building"
            ),
        ]

    def __str__(self) -> str:
        return building_words(self.building)


class Visit(models.Model):
    """A visit or a call of one year, by the one tap that it ended in; it is never changed.

    A wrong tap is taken back by a row of its own, which names it in `takes_back`: neither counts.
    Whoever is erased stays here as a number without a name, so that the figures stay true.
    """

    belongs = Always(PROGRAMME)

    class Outcome(models.TextChoices):
        NOT_MET = "not_met", pgettext_lazy("a visit", "not met")
        INTERESTED = "interested", pgettext_lazy("a visit", "interested")
        NOT_INTERESTED = "not_interested", pgettext_lazy("a visit", "not interested")
        ELSEWHERE = "elsewhere", pgettext_lazy("a visit", "studying elsewhere")
        DO_NOT_ASK = "do_not_ask", pgettext_lazy("a visit", "do not ask again")
        TAKEN_BACK = "taken_back", pgettext_lazy("a visit", "taken back")

    scheme_year = models.ForeignKey(
        SchemeYear, models.PROTECT, related_name="visits", verbose_name=_("year of a scheme")
    )
    person = models.ForeignKey(
        Resident,
        On(erased=KEEP, merged=MOVE),
        related_name="mobilising_visits",
        verbose_name=_("resident"),
    )
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome)
    takes_back = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_back_by",
        verbose_name=pgettext_lazy("a visit", "takes back"),
    )
    at = models.DateTimeField(_("at"))
    by = by_whom(_("by whom"), null=False)

    class Meta:
        verbose_name = _("visit to a young person")
        verbose_name_plural = _("visits to young people")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["scheme_year", "person", "outcome"]),
            models.Index(
                fields=["person"], condition=Q(outcome="do_not_ask"), name="not_to_be_asked_again"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="taken_back", takes_back__isnull=False)
                | Q(takes_back=None)
                & Q(
                    outcome__in=[
                        *("not_met", "interested", "not_interested", "elsewhere", "do_not_ask")
                    ]
                ),
                name="visit_ends_in_one_tap",
            ),
        ]
        triggers = [
            Stays(
                name="visits_stay_as_they_were",
                condition=pgtrigger.AnyChange(exclude=["person"]),
                message="A visit is never changed; a wrong tap is taken back.",
            ),
            Stays(
                name="visits_are_never_deleted",
                operation=pgtrigger.Delete,
                message="A visit is never deleted; a wrong tap is taken back.",
            ),
            NeverEmptied(name="visits_are_never_emptied"),
        ]

    def __str__(self) -> str:
        return str(self.get_outcome_display())


class PhoneLeft(models.Model):
    """A mobile number for one text message when applications open, and nothing else; it goes with
    that message. `phone_key` lets the same number be left once for a scheme."""

    belongs = Always(PROGRAMME)
    scheme = models.CharField(_("scheme"), max_length=10, choices=Scheme)
    phone = SealedTextField(_("phone"))
    phone_key = models.CharField(max_length=64, editable=False)
    language = models.CharField(_("language"), max_length=10)
    left_at = models.DateTimeField(pgettext_lazy("a phone number", "left at"))

    class Meta:
        verbose_name = _("phone left by a visitor")
        verbose_name_plural = _("phones left by visitors")
        ordering = ["left_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "phone_key"], name="phone_left_once"),
            models.CheckConstraint(condition=~Q(phone=""), name="phone_left_is_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} · {self.pk}"
