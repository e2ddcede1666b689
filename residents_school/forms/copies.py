"""What a copy begins with: a lecture, a series, a survey as it stands, without its days."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import DayInput
from residents_school.forms.lectures import LectureForm, as_it_stands
from residents_school.models import Lecture, LectureSeries, Survey

DAYS = ("day", "sign_up_opens_at", "sign_up_closes_at", "speakers")


def of_lecture(lecture: Lecture) -> dict[str, Any]:
    """First values for `LectureForm`; whoever speaks is asked anew."""
    words = forms.model_to_dict(lecture, LectureForm.Meta.fields)
    stands = as_it_stands(lecture)
    return words | {name: value for name, value in stands.items() if name not in DAYS}


def of_series(series: LectureSeries, first: Lecture) -> dict[str, Any]:
    """The same for `SeasonForm`."""
    columns = ("weeks", "weekdays", "on_clash")
    return of_lecture(first) | {name: getattr(series, name) for name in columns}


def of_survey(survey: Survey) -> dict[str, Any]:
    """The same for `SurveyForm`; its days are chosen anew."""
    words = ("title", "audience", "introduction", "forms", "times")
    topics = list(survey.topics.values_list("pk", flat=True))
    return {name: getattr(survey, name) for name in words} | {"topics": topics}


class SeasonCopyForm(forms.Form):
    """Which lectures come again, and from which day on."""

    first = forms.DateField(label=_("Lectures from"), widget=DayInput)
    last = forms.DateField(label=_("up to and with"), widget=DayInput)
    new_first = forms.DateField(
        label=_("Again from"),
        widget=DayInput,
        help_text=_("Each falls on the same day of the week, the same number of weeks later."),
    )

    @property
    def weeks(self) -> int:
        """How many weeks later: whole ones, so that each lecture keeps its day of the week."""
        first: date = self.cleaned_data["first"]
        later = self.cleaned_data["new_first"] - first
        return round(later.days / 7)


class CorrectionForm(EditModelForm):
    """The words of a lecture that has begun or is over."""

    class Meta:
        model = Lecture
        fields = ["title", "summary", "outline"]
        labels = {"title": _("Title of the lecture")}
        widgets = {"outline": forms.Textarea(attrs={"rows": 6})}

    def _post_clean(self) -> None:
        """The action writes, so the form must not touch its instance."""
