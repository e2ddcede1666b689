"""Enterprises of the Dream scheme, and how many workers each may nominate in a year."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.guards import Guard
from diedie_edu.common.keys import CompositeKey
from diedie_edu.people.models import Organisation
from edu_base.models.schemes import PROGRAMME, SchemeYear
from edu_base.models.states import Scheme

# What enterprises have been given of a year's target; what came back is nobody's any more.
ALLOTTED_FOLLOWS = """
IF TG_OP <> 'INSERT' THEN
    UPDATE edu_base_schemeyear SET allotted = allotted - OLD.places + OLD.returned
    WHERE id = OLD.scheme_year_id;
END IF;
IF TG_OP <> 'DELETE' THEN
    UPDATE edu_base_schemeyear SET allotted = allotted + NEW.places - NEW.returned
    WHERE id = NEW.scheme_year_id;
END IF;
RETURN NULL;
"""


class Enterprise(models.Model):
    """An enterprise of the community, as the Dream scheme knows it; name, contact person and phone
    are those of the organisation."""

    belongs = Always(PROGRAMME)
    organisation = models.OneToOneField(
        Organisation,
        models.PROTECT,
        primary_key=True,
        related_name="enterprise",
        verbose_name=_("organisation"),
    )
    credit_code = models.CharField(_("unified social credit code"), max_length=18)

    class Meta:
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering = ["organisation__title"]
        constraints = [
            models.UniqueConstraint(fields=["credit_code"], name="enterprise_once"),
            models.CheckConstraint(
                condition=Q(credit_code__regex="^[0-9A-HJ-NPQRTUWXY]{18}$"),
                name="enterprise_has_a_credit_code",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.title


class Allotment(models.Model):
    """推荐名额: how many workers an enterprise may nominate in a year of the Dream scheme.

    Of the `places` given, `used` follows its nominations that have not ended, by their trigger;
    what it has not used by the year's `allotments_end_on` is `returned`. Given less what came back
    never adds up to more than the year's target. The link that opens the enterprise's own page
    names `link_number`, so that a new one ends those before it, and ends after `link_ends_on`.
    """

    belongs = Always(PROGRAMME)
    scheme_year = models.ForeignKey(
        SchemeYear,
        models.PROTECT,
        related_name="allotments",
        db_constraint=False,
        verbose_name=_("year of a scheme"),
    )
    scheme = models.CharField(
        _("scheme"), max_length=10, choices=Scheme, default=Scheme.DREAM, editable=False
    )
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="allotments", verbose_name=_("enterprise")
    )
    places = models.PositiveSmallIntegerField(_("places to nominate for"))
    used = models.PositiveSmallIntegerField(_("nominated"), default=0, editable=False)
    returned = models.PositiveSmallIntegerField(_("came back unused"), default=0, editable=False)
    link_number = models.PositiveSmallIntegerField(default=0, editable=False)
    link_ends_on = models.DateField(_("link until"), null=True, editable=False)
    link_sent_at = models.DateTimeField(_("link sent at"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)
    made_by = by_whom(_("entered by"), null=False)
    made_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("places of an enterprise")
        verbose_name_plural = _("places of enterprises")
        ordering = ["-year", "enterprise"]
        constraints = [
            CompositeKey(
                name="allotment_is_of_its_year",
                fields=["scheme_year", "scheme", "year"],
                to="edu_base.SchemeYear",
                to_fields=["id", "scheme", "year"],
                carried=True,
            ),
            # What the keys of nominations refer to.
            models.UniqueConstraint(fields=["id", "year"], name="allotment_with_its_year"),
            models.UniqueConstraint(
                fields=["scheme_year", "enterprise"], name="allotment_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(scheme=Scheme.DREAM), name="enterprises_nominate_for_the_dream_scheme"
            ),
            models.CheckConstraint(
                condition=Q(places__gte=F("used") + F("returned")), name="allotment_is_kept"
            ),
            models.CheckConstraint(
                condition=Q(link_number=0, link_ends_on=None, link_sent_at=None)
                | Q(link_number__gt=0, link_ends_on__isnull=False, link_sent_at__isnull=False),
                name="link_of_an_allotment_ends",
            ),
        ]
        triggers = [
            Guard(
                name="allotted_follows_the_allotments",
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("places", "returned", "scheme_year_id")  # type: ignore[no-untyped-call]
                | pgtrigger.Delete,
                func=ALLOTTED_FOLLOWS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.year}"

    @property
    def free(self) -> int:
        return self.places - self.used - self.returned
