"""A survey as staff plan it."""

from typing import Any

from django.db.models import Q
from django.forms import (
    CheckboxSelectMultiple,
    MultipleChoiceField,
    Textarea,
)
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import PartOfWeek
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import DayInput
from diedie_edu.people.forms import TopicsField, topics_by_area
from diedie_edu.people.models import Topic
from residents_school.actions import surveys
from residents_school.models import Survey, TeachingForm


class SurveyForm(EditModelForm):
    """`plan()` is what the actions take."""

    topics = TopicsField(label=_("topics offered"))
    forms = MultipleChoiceField(
        label=_("forms of teaching to choose from"),
        choices=TeachingForm.choices,
        widget=CheckboxSelectMultiple,
        initial=TeachingForm.values,
    )
    times = MultipleChoiceField(
        label=_("times to choose from"),
        choices=PartOfWeek.choices,
        widget=CheckboxSelectMultiple,
        initial=PartOfWeek.values,
    )

    class Meta:
        model = Survey
        fields = ["title", "audience", "opens_on", "closes_on", "introduction"]
        widgets = {
            "introduction": Textarea(attrs={"rows": 3}),
            "opens_on": DayInput,
            "closes_on": DayInput,
        }
        help_texts = {
            "title": _("Residents read it, e.g. “What would you like to learn this winter?”"),
            "audience": _("e.g. “everybody who lives or works in the community”"),
            "introduction": _("A sentence or two on why we ask and what becomes of the answers."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(self.instance.topics.all()) if self.instance.pk else []
        in_use = Q(is_offered=True) | Q(pk__in=[topic.pk for topic in offered])
        topics = (
            Topic.objects.filter(in_use)
            .select_related("area")
            .order_by("area__position", "area_id", "position", "id")
        )
        self.fields["topics"].choices = topics_by_area(topics)
        if offered or "topics" not in self.initial:
            self.initial["topics"] = [topic.pk for topic in offered or topics]

    def plan(self) -> surveys.SurveyPlan:
        cleaned = self.cleaned_data
        topics = Topic.objects.filter(pk__in=cleaned["topics"]).order_by(
            "area__position", "area_id", "position", "id"
        )
        return surveys.SurveyPlan(**cleaned | {"topics": list(topics)})

    def _post_clean(self) -> None:
        """The action writes, so the form must not touch its instance."""
