"""What is offered in a year: the two schemes with target and ceiling, and their classes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.common.belonging import Always
from diedie_edu.common.bilingual import Bilingual
from diedie_edu.common.keys import CompositeKey
from edu_base.models.intake_guards import WINDOW
from edu_base.models.states import Scheme

PROGRAMME = "edu-base"


class College(Bilingual):
    """A college that the community's classes belong to."""

    belongs = Always(PROGRAMME)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("college")
        verbose_name_plural = _("colleges")
        ordering = ["title_zh", "id"]
        constraints = [
            models.UniqueConstraint(fields=["title_zh"], name="college_once"),
            models.CheckConstraint(condition=~Q(title_zh=""), name="college_has_a_name"),
        ]


class Major(Bilingual):
    """专业: what one can study in a college."""

    belongs = Always(PROGRAMME)
    college = models.ForeignKey(
        College, models.CASCADE, related_name="majors", verbose_name=_("college")
    )

    class Meta:
        verbose_name = _("major")
        verbose_name_plural = _("majors")
        ordering = ["college", "title_zh", "id"]
        constraints = [
            models.UniqueConstraint(fields=["college", "title_zh"], name="major_once_in_a_college"),
            models.CheckConstraint(condition=~Q(title_zh=""), name="major_has_a_name"),
        ]


class SchemeYear(models.Model):
    """One scheme in one year. Two numbers, never one: `target` is how many are to be mobilised
    (households) or selected (Dream), `places` how many can be taken over all classes together.

    `taken` follows the applications that hold a place, by their trigger; `allotted` is what
    enterprises were given of the target. None of the limits goes below what is taken of it.
    """

    belongs = Always(PROGRAMME)
    scheme = models.CharField(_("scheme"), max_length=10, choices=Scheme)
    year = models.PositiveSmallIntegerField(_("year"))
    target = models.PositiveSmallIntegerField(
        pgettext_lazy("how many people", "target"),
        help_text=_("How many are to be mobilised or selected; not the places."),
    )
    places = models.PositiveSmallIntegerField(
        _("places"), help_text=_("Over all classes of the scheme together.")
    )
    taken = models.PositiveSmallIntegerField(_("places taken"), default=0, editable=False)
    allotted = models.PositiveSmallIntegerField(_("allotted"), default=0, editable=False)
    counts_elsewhere = models.BooleanField(
        _("studies elsewhere count for the target"),
        default=True,
        help_text=_("Of people who took them up after we had asked them."),
    )
    allotments_end_on = models.DateField(
        _("nominations until"),
        null=True,
        blank=True,
        help_text=_("What enterprises have not used comes back after this day."),
    )

    class Meta:
        verbose_name = _("year of a scheme")
        verbose_name_plural = _("years of schemes")
        ordering = ["-year", "-scheme"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "year"], name="scheme_once_a_year"),
            # What the keys of its classes refer to.
            models.UniqueConstraint(
                fields=["id", "scheme", "year"], name="scheme_year_with_its_scheme"
            ),
            models.CheckConstraint(condition=Q(scheme__in=Scheme.values), name="scheme_is_known"),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100), name="scheme_year_is_a_year"
            ),
            models.CheckConstraint(
                condition=Q(taken__lte=F("places")), name="year_keeps_its_ceiling"
            ),
            models.CheckConstraint(
                condition=Q(allotted__lte=F("target")), name="allotments_keep_the_target"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.year}"

    @property
    def free(self) -> int:
        return self.places - self.taken


class Schooling(models.TextChoices):
    """What somebody has finished."""

    PRIMARY = "primary", _("primary school")
    JUNIOR = "junior", _("junior secondary school")
    VOCATIONAL = "vocational", _("secondary vocational school")
    SENIOR = "senior", _("senior secondary school")
    COLLEGE = "college", _("a college or university")


class Belonging(models.TextChoices):
    """How somebody belongs to the community."""

    REGISTERED = "registered", _("registered household (hukou) here")
    LIVES = "lives", _("lives here permanently")
    WORKS = "works", _("works in an enterprise here")


class Intake(Bilingual):
    """招生班: a class of a year, with its own split of the places and its own conditions.

    An age rule counts from the birthday itself, on the day `age_counts_on`; where it is empty
    there is none. `schoolings` and `belongings` are those accepted, empty means any. `opens_on`
    and `closes_on`, both included, are when one applies; weights of marks are fixed from then on.
    `announce_days` are the working days of 公示, `offer_days` those of an offer to a reserve.
    """

    belongs = Always(PROGRAMME)
    scheme_year = models.ForeignKey(
        SchemeYear,
        models.PROTECT,
        related_name="intakes",
        db_constraint=False,
        verbose_name=_("year of a scheme"),
    )
    scheme = models.CharField(_("scheme"), max_length=10, choices=Scheme, editable=False)
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    college = models.ForeignKey(
        College,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="intakes",
        verbose_name=_("college"),
    )
    majors = models.ManyToManyField(
        Major, blank=True, related_name="intakes", verbose_name=_("majors")
    )
    places = models.PositiveSmallIntegerField(_("places of this class"))
    taken = models.PositiveSmallIntegerField(_("places taken"), default=0, editable=False)
    opens_on = models.DateField(_("applications from"))
    closes_on = models.DateField(_("applications until"))
    min_age = models.PositiveSmallIntegerField(_("from the age of"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(
        _("up to the age of"),
        null=True,
        blank=True,
        help_text=_("25 means: up to the day before the 26th birthday."),
    )
    age_counts_on = models.DateField(_("age counts on"), null=True, blank=True)
    schoolings = ArrayField(
        models.CharField(max_length=10, choices=Schooling),
        verbose_name=_("schooling accepted"),
        default=list,
        blank=True,
    )
    belongings = ArrayField(
        models.CharField(max_length=10, choices=Belonging),
        verbose_name=_("who belongs to the community"),
        default=list,
        blank=True,
    )
    residence_proof = models.CharField(_("proof of living here"), max_length=120, blank=True)
    months_employed = models.PositiveSmallIntegerField(
        _("months in an enterprise here, at least"), default=0
    )
    study_years = models.DecimalField(
        _("years of study"), max_digits=3, decimal_places=1, null=True, blank=True
    )
    fee = models.DecimalField(
        _("fees a year, in yuan"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    has_interview = models.BooleanField(_("with an interview"), default=True)
    two_reviewers = models.BooleanField(_("two reviewers for each"), default=False)
    announce_days = models.PositiveSmallIntegerField(
        _("working days of the public announcement"), default=5
    )
    offer_days = models.PositiveSmallIntegerField(
        _("days to accept a place from the reserve list"), default=3
    )

    class Meta:
        verbose_name = pgettext_lazy("of students", "class")
        verbose_name_plural = pgettext_lazy("of students", "classes")
        ordering = ["-year", "-scheme", "id"]
        constraints = [
            CompositeKey(
                name="intake_is_of_its_scheme_and_year",
                fields=["scheme_year", "scheme", "year"],
                to="edu_base.SchemeYear",
                to_fields=["id", "scheme", "year"],
                carried=True,
            ),
            # What the keys of applications refer to.
            models.UniqueConstraint(fields=["id", "scheme", "year"], name="intake_with_its_scheme"),
            models.UniqueConstraint(fields=["scheme_year", "title_zh"], name="intake_once_a_year"),
            models.CheckConstraint(condition=~Q(title_zh=""), name="intake_has_a_name"),
            models.CheckConstraint(
                condition=Q(taken__lte=F("places")), name="class_keeps_its_places"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="intake_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(min_age__lte=F("max_age")), name="intake_youngest_is_not_the_oldest"
            ),
            models.CheckConstraint(
                condition=Q(min_age=None, max_age=None) | Q(age_counts_on__isnull=False),
                name="intake_age_counts_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(schoolings__contained_by=Schooling.values),
                name="schooling_of_an_intake_is_known",
            ),
            models.CheckConstraint(
                condition=Q(belongings__contained_by=Belonging.values),
                name="belonging_of_an_intake_is_known",
            ),
            models.CheckConstraint(
                condition=Q(announce_days__gte=1, offer_days__gte=1), name="intake_gives_time"
            ),
        ]
        triggers = [WINDOW]

    @property
    def free(self) -> int:
        return self.places - self.taken
