"""The residents' school: lectures. Topics are in people, seats and dates in activities."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.people.models import Organisation, Topic
from residents_school.models.seasons import LectureSeries
from residents_school.models.surveys import TeachingForm


class Lecture(Activity):
    """Plan 三: a weekend lecture on a topic residents ask for. It has one occasion."""

    topic = models.ForeignKey(
        Topic, models.PROTECT, related_name="lectures", verbose_name=_("topic")
    )
    partner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lectures",
        verbose_name=_("partner organisation"),
    )
    teaching_form = models.CharField(
        _("form of learning"), max_length=20, choices=TeachingForm, default=TeachingForm.LECTURE
    )
    outline = models.TextField(pgettext_lazy("a lecture", "what it is about"), blank=True)
    series = models.ForeignKey(
        LectureSeries,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="lectures",
        verbose_name=_("series of lectures"),
    )

    # What `queries` note beside it where a page shows it; asking a template for what is not there
    # costs it more than all the rest of a card.
    waiting = 0
    sign_up: SignUp | None = None
    place_in_series: tuple[int, int] | None = None

    class Meta:
        verbose_name = _("lecture")
        verbose_name_plural = _("lectures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(teaching_form__in=TeachingForm.values),
                name="lecture_form_is_known",
            ),
        ]

    @cached_property
    def occasion(self) -> Occasion:
        """Its one occasion; `queries.lectures` reads it along."""
        return self.occasions.select_related("venue").get()
