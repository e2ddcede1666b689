"""An application: one person, one class, one year, along the chain of `states`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.by_whom import by_whom
from diedie_edu.common.keys import CompositeKey
from diedie_edu.common.references import EMPTY, MOVE, On
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import ConsentText, Resident
from edu_base.models.application_guards import TRIGGERS
from edu_base.models.dwellings import Dwelling
from edu_base.models.on_the_way import ON_THE_WAY
from edu_base.models.schemes import PROGRAMME, Belonging, Intake, Major, Schooling
from edu_base.models.states import BLOCKS, HOLDS, LIVE, Scheme, State


class PaperKind(models.TextChoices):
    """Papers whose number GB 11643 checks, and all others."""

    CITIZEN = "citizen", _("resident identity card")
    PERMIT = "permit", _("residence permit of Hong Kong, Macau or Taiwan residents")
    FOREIGN = "foreign", _("foreigner's permanent residence card")
    OTHER = "other", _("another paper")


class Condition(models.TextChoices):
    """A condition of a class that a reviewed override can lift (`Application.lifted`)."""

    AGE = "age", _("age")
    SCHOOLING = "schooling", _("schooling")
    BELONGING = "belonging", _("belonging to the community")


class Application(models.Model):
    """Who wants to study, in which class, and how the case stands.

    `person` is the young person or the worker; under 18 the `guardian` applies with them, sees the
    page and may withdraw, until the 18th birthday unless the student wants it so on
    (`guardian_stays`). `belongs_by` is how they say they belong; `dwelling` is the household of the
    paper that staff have seen for this application, and without it nobody of the households
    scheme holds a place. `lifted` are the conditions that a reviewed override has lifted. Where
    `stopped_at` is set, a second guardian has said no and nothing goes on until that is settled.
    The state changes by a step of the history (`Step`), along the chain, and in no other way; the
    places of year and class follow it. When its words are erased, the row stays for the figures.
    """

    belongs = Always(PROGRAMME)

    class Origin(models.TextChoices):
        ONLINE = "online", _("on the portal")
        PAPER = "paper", _("on paper")
        NOMINATED = "nominated", _("nominated by an enterprise")
        LIST = "list", _("from the list of earlier students")

    intake = models.ForeignKey(
        Intake,
        models.PROTECT,
        related_name="applications",
        db_constraint=False,
        verbose_name=pgettext_lazy("of students", "class"),
    )
    scheme = models.CharField(_("scheme"), max_length=10, choices=Scheme, editable=False)
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    person = models.ForeignKey(
        Resident,
        On(erased=EMPTY, merged=MOVE),
        null=True,
        related_name="applications",
        verbose_name=_("applicant"),
    )
    guardian = models.ForeignKey(
        Resident,
        On(erased=EMPTY, merged=MOVE),
        null=True,
        blank=True,
        related_name="applications_guarded",
        verbose_name=_("guardian"),
    )
    guardian_stays = models.BooleanField(_("guardian stays after the 18th birthday"), default=False)
    origin = models.CharField(_("how it came"), max_length=9, choices=Origin)
    paper_reference = models.CharField(_("where the signed paper lies"), max_length=60, blank=True)
    made_by = by_whom(_("entered by"), blank=True)
    made_at = models.DateTimeField(_("entered at"))
    agreed_at = models.DateTimeField(_("agreed to the use of the data at"), null=True, blank=True)
    agreed_text = models.ForeignKey(
        ConsentText, models.PROTECT, null=True, related_name="+", verbose_name=_("to which text")
    )

    paper_kind = models.CharField(_("identity paper"), max_length=8, choices=PaperKind, blank=True)
    paper_number = SealedTextField(_("number of the identity paper"), blank=True)
    paper_key = models.CharField(max_length=64, blank=True, editable=False)
    schooling = models.CharField(_("schooling"), max_length=10, choices=Schooling, blank=True)
    school = models.CharField(_("school last attended"), max_length=60, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    belongs_by = models.CharField(
        _("belongs to the community by"), max_length=10, choices=Belonging, blank=True
    )
    employed_since = models.DateField(_("works there since"), null=True, blank=True)
    address = SealedTextField(_("home address"), blank=True)
    major = models.ForeignKey(
        Major, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("major")
    )
    words = SealedTextField(_("why I want to study"), blank=True)

    lifted = ArrayField(
        models.CharField(max_length=10, choices=Condition),
        verbose_name=_("conditions lifted"),
        default=list,
        blank=True,
        editable=False,
    )
    lifted_reason = SealedTextField(_("why they were lifted"), blank=True, editable=False)
    dwelling = models.ForeignKey(
        Dwelling,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=pgettext_lazy("of a paper", "household"),
    )
    dwelling_seen_by = by_whom(_("household confirmed by"), blank=True)
    dwelling_seen_at = models.DateTimeField(_("household confirmed at"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, blank=True)
    stop_reason = SealedTextField(_("why it is stopped"), blank=True)

    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.DRAFT, editable=False
    )
    state_since = models.DateTimeField(_("since"), editable=False)
    last_step = models.PositiveSmallIntegerField(default=0, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    score = models.DecimalField(
        _("marks"), max_digits=7, decimal_places=3, null=True, editable=False
    )
    rank = models.PositiveIntegerField(_("rank"), null=True, editable=False)
    rank_by = models.CharField(
        _("what decided the rank"), max_length=60, blank=True, editable=False
    )
    offer_ends_at = models.DateTimeField(_("offer ends at"), null=True, editable=False)
    erased_at = models.DateTimeField(_("words erased at"), null=True, editable=False)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-year", "-id"]
        indexes = [
            models.Index(fields=["intake", "state", "rank", "id"]),
            models.Index(fields=["scheme", "year", "state"]),
            models.Index(fields=["offer_ends_at"], condition=Q(state=State.OFFERED), name="offers"),
        ]
        constraints = [
            CompositeKey(
                name="application_is_of_its_class",
                fields=["intake", "scheme", "year"],
                to="edu_base.Intake",
                to_fields=["id", "scheme", "year"],
                carried=True,
            ),
            # facts 1: over all years, earlier students from a list included.
            models.UniqueConstraint(
                fields=["dwelling"],
                condition=Q(scheme=Scheme.HOUSEHOLDS, state__in=BLOCKS),
                name="one_student_of_a_household",
            ),
            # House rule: over both schemes together.
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=Q(state__in=LIVE),
                name="one_live_application_a_year",
            ),
            models.UniqueConstraint(
                fields=["paper_key", "year"],
                condition=Q(state__in=LIVE) & ~Q(paper_key=""),
                name="one_live_application_of_a_paper",
            ),
            models.UniqueConstraint(
                fields=["intake", "rank"],
                deferrable=Deferrable.DEFERRED,
                name="rank_once_in_a_class",
            ),
            models.CheckConstraint(
                condition=~Q(scheme=Scheme.HOUSEHOLDS, state__in=HOLDS) | Q(dwelling__isnull=False),
                name="nobody_holds_a_place_without_a_household",
            ),
            models.CheckConstraint(
                condition=Q(dwelling=None, dwelling_seen_by=None, dwelling_seen_at=None)
                | Q(dwelling__isnull=False, dwelling_seen_by__isnull=False)
                & Q(dwelling_seen_at__isnull=False),
                name="household_of_an_application_was_seen",
            ),
            models.CheckConstraint(
                condition=Q(state=State.OFFERED, offer_ends_at__isnull=False)
                | ~Q(state=State.OFFERED) & Q(offer_ends_at=None),
                name="an_offer_ends_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="state_of_an_application_is_known"
            ),
            models.CheckConstraint(
                condition=Q(origin="paper") & ~Q(paper_reference="")
                | ~Q(origin="paper") & Q(paper_reference=""),
                name="paper_application_tells_where_it_lies",
            ),
            # A nominated worker says yes by a link to their own phone, often without an account.
            models.CheckConstraint(
                condition=Q(made_by__isnull=False) | Q(origin="nominated"),
                name="application_was_entered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(erased_at__isnull=False),
                name="application_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(paper_number="", paper_key="")
                | ~Q(paper_number="") & ~Q(paper_kind="") & Q(paper_key__regex="^[0-9a-f]{64}$"),
                name="paper_number_has_its_key",
            ),
            models.CheckConstraint(
                condition=Q(lifted=[], lifted_reason="") | ~Q(lifted=[]) & ~Q(lifted_reason=""),
                name="what_is_lifted_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stop_reason="")
                | Q(stopped_at__isnull=False) & ~Q(stop_reason=""),
                name="what_is_stopped_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(paper_number="", address="", words="", stop_reason="", paper_reference="–")
                | Q(paper_number="", address="", words="", stop_reason="", paper_reference=""),
                name="of_an_erased_application_no_words_stay",
            ),
        ]
        triggers = [*TRIGGERS, *ON_THE_WAY]

    def __str__(self) -> str:
        return f"{self.person or self.pk} · {self.intake}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_waiting_for_applicant(self) -> bool:
        return self.state in {State.DRAFT, State.MORE_ASKED}
