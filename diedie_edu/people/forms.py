"""Forms of the register in the admin site, and the upload of lists."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import refusals
from diedie_edu.common.days import PartOfWeek, local_day, local_now
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.fields import ContactField, NameField, OrganisationPhoneField, SearchField
from diedie_edu.common.names import clean_reading
from diedie_edu.common.phones import digits_of
from diedie_edu.people.models import Resident, Topic, Volunteer, VolunteerKind
from diedie_edu.people.queries.finding import FEWEST_OF_A_HOUSE, means_a_number
from diedie_edu.people.rules import residents


class ResidentForm(EditModelForm):
    """Somebody already in the register keeps their birth date, whatever it says today."""

    full_name = NameField(label=_("full name"))
    phone = ContactField(label=_("contact phone"), required=False)

    class Meta:
        model = Resident
        exclude: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.account_id:
            self.fields.pop("phone", None)  # the account's, and changed with it on the site

    def clean_surname_reading(self) -> str:
        with refusals.as_error():
            return clean_reading(self.cleaned_data["surname_reading"])

    def clean_birth_date(self) -> Any:
        birth_date = self.cleaned_data["birth_date"]
        if "birth_date" in self.changed_data:
            with refusals.as_error():
                residents.check_may_be_stored(birth_date, local_day(local_now()))
        return birth_date


class PhoneForm(EditModelForm):
    """A row with a phone that may be left out: a household."""

    phone = ContactField(label=_("contact phone"), required=False)


class OrganisationForm(EditModelForm):
    phone = OrganisationPhoneField(label=_("contact phone"), required=False)


class FreeTimesField(forms.MultipleChoiceField):
    """The parts of the week in which a volunteer usually has time; none is an answer too."""

    def __init__(self) -> None:
        super().__init__(
            label=_("usually free"),
            choices=PartOfWeek.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


class VolunteerForm(EditModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("volunteer kinds"),
        choices=VolunteerKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    free_times = FreeTimesField()

    class Meta:
        model = Volunteer
        exclude: list[str] = []


Choices = list[tuple[str, list[tuple[int, str]]]]


def topics_by_area(topics: Iterable[Topic]) -> Choices:
    """Choices in groups, one for each area; topics come in the order of their areas."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for topic in topics:
        groups.setdefault(topic.area.title, []).append((topic.pk, topic.title))
    return list(groups.items())


class TopicsField(forms.TypedMultipleChoiceField):
    """Ids of topics, ticked in groups by area."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, widget=forms.CheckboxSelectMultiple, **kwargs)


class ServiceForm(EditModelForm):
    """What volunteers say of themselves: what they can teach, when, and who they are."""

    field_order = ["topics", "free_times", "introduction"]

    topics = TopicsField(label=_("Topics I can teach"), required=False)
    free_times = FreeTimesField()
    introduction = forms.CharField(
        label=_("introduction"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences; neighbours read them with your lectures."),
    )

    class Meta:
        model = Volunteer
        fields = ["free_times", "introduction"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = Topic.objects.filter(is_offered=True).select_related("area")
        field: Any = self.fields["topics"]
        field.choices = topics_by_area(topics)

    def about_rows(self, options: dict[str, Any]) -> dict[str, Any]:
        facts = super().about_rows(options)
        own = list(self.rows[0].topics.values_list("pk", flat=True)) if self.rows else []
        return facts | {"initial": {"topics": own} | (facts.get("initial") or {})}

    def chosen(self) -> list[Topic]:
        return list(Topic.objects.filter(pk__in=self.cleaned_data["topics"]))


FIND_LABEL = _("Name, pinyin, last digits of the phone or house number")


class FindForm(forms.Form):
    words = SearchField(
        label=FIND_LABEL,
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "search"}),
    )

    def clean_words(self) -> str:
        words = self.cleaned_data["words"]
        if means_a_number(words) and len(digits_of(words)) < FEWEST_OF_A_HOUSE:
            raise ValidationError(
                _("Type at least four digits of the phone number, or the number of the flat.")
            )
        return words
