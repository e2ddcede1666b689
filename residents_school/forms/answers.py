"""An answer as residents tick it on their phone, and as staff type it from paper."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    BooleanField,
    CharField,
    CheckboxSelectMultiple,
    ChoiceField,
    Form,
    HiddenInput,
    MultipleChoiceField,
    RadioSelect,
    Widget,
)
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.characters import plain
from diedie_edu.common.days import PartOfWeek
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.people.forms import TopicsField, topics_by_area
from diedie_edu.people.rules.ages import AgeBand
from residents_school.actions import answers
from residents_school.models import Answer, Survey, TeachingForm
from residents_school.queries import surveys
from residents_school.rules import needs


class OtherTopicField(CharField):
    """A topic in people's own words; equal ones are to be counted together."""

    def __init__(self) -> None:
        super().__init__(label=_("Something else"), max_length=60, required=False)

    def to_python(self, value: Any) -> str:
        text = plain(super().to_python(value) or "")
        return " ".join(text.split()).strip(" 。.,，、;；!！")


class AnswerForm(EditForm):
    """One page on the phone; `sheet()` is what the actions take. Who has answered changes that."""

    topics = TopicsField(
        label=_("What would you like to learn?"),
        help_text=_("Tick as many as you like."),
        error_messages={"required": needs.NO_TOPIC},
    )
    other_topic = OtherTopicField()
    forms = MultipleChoiceField(
        label=_("How do you like to learn?"), required=False, widget=CheckboxSelectMultiple
    )
    times = MultipleChoiceField(
        label=_("When do you have time?"), required=False, widget=CheckboxSelectMultiple
    )
    age_band = ChoiceField(label=_("Your age"), required=False, widget=RadioSelect)
    wants_news = BooleanField(
        label=_("Tell me when there is a lecture on what I ticked"), required=False
    )

    def __init__(
        self, *args: Any, survey: Survey, answer: Answer | None, age_band: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, rows=[survey, answer] if answer else [], **kwargs)
        offers = surveys.offers_of(survey)
        self.fields["topics"].choices = topics_by_area(offer.topic for offer in offers)
        self.fields["forms"].choices = _offered(TeachingForm.choices, survey.forms)
        self.fields["times"].choices = _offered(PartOfWeek.choices, survey.times)
        self.fields["age_band"].choices = AgeBand.choices
        self.fields["topics"].required = not self.data.get("other_topic")
        said = self.rows[1:]
        self.initial |= _said(said[0]) if said else {"age_band": age_band}  # type: ignore[operator]

    def sheet(self) -> answers.Sheet:
        told = {key: value for key, value in self.cleaned_data.items() if key != "wants_news"}
        return answers.Sheet(**told)


def _offered(choices: list[tuple[str, Any]], offered: list[str]) -> list[tuple[str, Any]]:
    return [choice for choice in choices if choice[0] in offered]


def _said(answer: Answer) -> dict[str, Any]:
    return {
        "topics": [pick.topic_id for pick in answer.picks.all()],
        "other_topic": answer.other_topic,
        "forms": answer.forms,
        "times": answer.times,
        "age_band": answer.age_band,
    }


class NumbersField(CharField):
    """Numbers as they stand on paper, with anything between them: "3 7,12"."""

    def __init__(self, *, label: Any, at_most: int | None = None) -> None:
        super().__init__(label=label, max_length=200, required=False)
        self.at_most = at_most
        self.keys: Mapping[int, Any] = {}

    def widget_attrs(self, widget: Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"autocomplete": "off"}

    def clean(self, value: Any) -> list[Any]:
        text = plain(super().clean(value))
        numbers = list(dict.fromkeys(int(digits[:6]) for digits in re.findall(r"\d+", text)))
        if re.sub(r"[\d\s,.;、。；/+-]", "", text):
            raise ValidationError(_("Type numbers only, with a space between them."))
        unknown = [str(number) for number in numbers if number not in self.keys]
        if unknown:
            raise ValidationError(
                _("There is no number %(number)s here."), params={"number": ", ".join(unknown)}
            )
        if self.at_most and len(numbers) > self.at_most:
            raise ValidationError(_("Only one number, please."))
        return [self.keys[number] for number in numbers]


def numbered(choices: list[tuple[str, Any]], offered: list[str] | None = None) -> list[tuple]:
    """(number, key, label) of each choice; numbers stay whatever else is offered."""
    return [
        (number, key, label)
        for number, (key, label) in enumerate(choices, 1)
        if offered is None or key in offered
    ]


class PaperForm(Form):
    """Five short fields: hands stay on the keyboard, Enter saves and shows an empty form."""

    topics = NumbersField(label=_("Topics"))
    other_topic = OtherTopicField()
    forms = NumbersField(label=_("Forms of teaching"))
    times = NumbersField(label=_("Times"))
    age_band = NumbersField(label=_("Age"), at_most=1)
    number = CharField(widget=HiddenInput, max_length=40)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.legend = {
            "topics": [
                (offer.number, offer.topic_id, offer.topic.title)
                for offer in surveys.offers_of(survey)
            ],
            "forms": numbered(TeachingForm.choices, survey.forms),
            "times": numbered(PartOfWeek.choices, survey.times),
            "age_band": numbered(AgeBand.choices),
        }
        for name, rows in self.legend.items():
            self.fields[name].keys = {number: key for number, key, _label in rows}
        self.fields["topics"].widget.attrs["autofocus"] = True

    def sheet(self) -> answers.Sheet:
        told = dict(self.cleaned_data)
        del told["number"]
        return answers.Sheet(**told | {"age_band": "".join(told["age_band"])})
