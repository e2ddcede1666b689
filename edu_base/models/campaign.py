"""The campaign of a year: its ceremonies and events, and what is to be done by when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.activities.models.events import Event
from diedie_edu.common.belonging import Always
from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.references import EMPTY, MOVE, On
from diedie_edu.people.models import Organisation, Resident
from edu_base.models.schemes import PROGRAMME


class CampaignEvent(Event):
    """A ceremony or an event of plan 六(二) 1, 2, 4 and 5. Its year is that of its occasion."""

    class Kind(models.TextChoices):
        LAUNCH = "launch", pgettext_lazy("an event", "launch ceremony")
        PUBLICITY = "publicity", pgettext_lazy("an event", "publicity event")
        AWARD = "award", pgettext_lazy("an event", "award ceremony of grants")
        INDUSTRY = "industry", pgettext_lazy("an event", "industry and community event")

    kind = models.CharField(_("kind of event"), max_length=9, choices=Kind)

    class Meta:
        verbose_name = _("event of the campaign")
        verbose_name_plural = _("events of the campaign")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["launch", "publicity", "award", "industry"]),
                name="kind_of_campaign_event_is_known",
            ),
        ]

    @property
    def takes_offers(self) -> bool:
        """Whether enterprises offer something there (plan 六(二)5)."""
        return self.kind == self.Kind.INDUSTRY


class Milestone(Bilingual):
    """What is to be done in a year's campaign: by `due_on`, or from `starts_on` to it (July and
    August: publicity)."""

    belongs = Always(PROGRAMME)
    year = models.PositiveSmallIntegerField(_("year"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(pgettext_lazy("a day", "by"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True, editable=False)
    done_by = by_whom(_("done by"), blank=True, editable=False)

    class Meta:
        verbose_name = _("milestone of the campaign")
        verbose_name_plural = _("milestones of the campaign")
        ordering = ["-year", "due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "title_zh"], name="milestone_once_a_year"),
            models.CheckConstraint(
                condition=~Q(title_zh="") & (Q(starts_on=None) | Q(due_on__gte=F("starts_on"))),
                name="milestone_is_due_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="milestone_was_done_by_somebody",
            ),
        ]


class EnterpriseOffer(models.Model):
    """What an enterprise offers at an event: jobs, internships, visits, and how many places."""

    belongs = Always(PROGRAMME)

    class Kind(models.TextChoices):
        JOB = "job", pgettext_lazy("an offer", "jobs")
        INTERNSHIP = "internship", pgettext_lazy("an offer", "internships")
        VISIT = "visit", pgettext_lazy("an offer", "visits")

    event = models.ForeignKey(
        CampaignEvent, models.PROTECT, related_name="offers", verbose_name=_("event")
    )
    enterprise = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="campaign_offers",
        limit_choices_to={"kind": Organisation.Kind.ENTERPRISE},
        verbose_name=_("enterprise"),
    )
    kind = models.CharField(_("what it offers"), max_length=10, choices=Kind)
    title = models.CharField(_("in a few words"), max_length=80)
    places = models.PositiveSmallIntegerField(_("places"))
    made_by = by_whom(_("entered by"), null=False)
    made_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("offer of an enterprise")
        verbose_name_plural = _("offers of enterprises")
        ordering = ["event", "enterprise__title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "enterprise", "kind", "title"], name="an_offer_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1, kind__in=["job", "internship", "visit"]) & ~Q(title=""),
                name="an_offer_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.title}"


class OfferInterest(models.Model):
    """A resident whom an offer interests: a contact that came of the event. After 30 days they are
    asked whether they took it up; whose row is emptied counts on."""

    belongs = Always(PROGRAMME)

    class Answer(models.TextChoices):
        TAKEN = "taken", pgettext_lazy("an offer", "took it up")
        NOT_TAKEN = "not_taken", pgettext_lazy("an offer", "did not take it up")

    offer = models.ForeignKey(
        EnterpriseOffer, models.PROTECT, related_name="interests", verbose_name=_("offer")
    )
    resident = models.ForeignKey(
        Resident,
        On(erased=EMPTY, merged=MOVE),
        null=True,
        related_name="offer_interests",
        verbose_name=_("resident"),
    )
    said_at = models.DateTimeField(_("said at"))
    said_by = by_whom(_("entered by"), null=False)
    asked_at = models.DateTimeField(pgettext_lazy("a question", "asked at"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = by_whom(_("answered by"), blank=True)

    class Meta:
        verbose_name = _("interest in an offer")
        verbose_name_plural = _("interests in offers")
        ordering = ["offer", "id"]
        indexes = [
            models.Index(fields=["said_at"], condition=Q(asked_at=None), name="interests_to_ask")
        ]
        constraints = [
            models.UniqueConstraint(fields=["offer", "resident"], name="interest_in_an_offer_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | Q(answer__in=["taken", "not_taken"], answered_at__isnull=False),
                name="answer_about_an_offer_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer} · {self.resident or self.pk}"
