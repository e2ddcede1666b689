"""Entering somebody new at the desk, alone or as a household, and signing them up at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Activity
from diedie_edu.common.days import day_text, local_day
from diedie_edu.common.fields import ContactField, NameField, PhoneField, TypedTextField
from diedie_edu.common.names import covered, name_key
from diedie_edu.common.phones import masked, phone_key
from diedie_edu.common.spreadsheets.columns import listed
from diedie_edu.people.actions.families import Entry
from diedie_edu.people.models import Household, Resident

ROWS = 6
FIRST = "p-0"
NEW = "new"


class PersonForm(forms.Form):
    """One person of 14 or older; blank where nobody stands in the row.

    Where the register has that name, staff say whether it is one of those; a phone that fits says
    it already.
    """

    full_name = NameField(label=_("full name"), required=False)
    phone = PhoneField(label=_("Their phone"), required=False)
    is_grown = forms.BooleanField(label=_("14 or older"), required=False)
    known = forms.CharField(label=_("Is it one of them?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.same_name: list[Resident] = []
        self.fields["full_name"].required = self.prefix == FIRST

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("full_name"):
            return given
        if not given.get("is_grown"):
            self.add_error("is_grown", _under_14())
        same = Resident.objects.filter(name_key=name_key(given["full_name"]))
        self.same_name = list(same.select_related("household")[:ROWS])
        given["person"] = self._meant(given)
        return given

    def _meant(self, given: dict[str, Any]) -> Resident | None:
        """Whom of the register this row means; None for somebody new."""
        phone, picked = phone_key(given.get("phone", "")), given.get("known", "")
        by_phone = [row for row in self.same_name if phone and row.phone_key == phone]
        if len(by_phone) == 1:
            return by_phone[0]
        if self.same_name:
            choices = [*map(_choice, self.same_name), (NEW, _("Another person of this name"))]
            self.fields["known"].widget.choices = choices
            if not picked:
                self.add_error("known", _("The register has this name already."))
        return next((row for row in self.same_name if str(row.pk) == picked), None)

    @property
    def asks_who(self) -> bool:
        return bool(self.fields["known"].widget.choices)

    @property
    def entry(self) -> Entry:
        given = self.cleaned_data
        return Entry(given["full_name"], given["phone"], given["person"])


def _choice(person: Resident) -> tuple[int, str]:
    home = person.household.label if person.household else ""
    year = f"{person.birth_date.year}" if person.birth_date else ""
    facts = filter(None, [person.full_name, person.phone and masked(person.phone), home, year])
    return person.pk, " · ".join(facts)


def _under_14() -> ValidationError:
    return ValidationError(
        _(
            "Tick it for whoever is 14 or older. A child under 14 is entered by a guardian's "
            "consent: at the 4:30 school, or with a group."
        )
    )


class HouseForm(forms.Form):
    """Where they live, and what they are signed up for at once."""

    house = TypedTextField(
        label=_("House number"),
        required=False,
        max_length=Household._meta.get_field("label").max_length,
        help_text=_("For example 12-3-501. Whoever lives there belongs to the family."),
    )
    together = forms.BooleanField(
        label=_("They live with them"), required=False, widget=forms.HiddenInput
    )
    home_phone = ContactField(
        label=_("Phone of the household"),
        required=False,
        help_text=_("One phone for all of them: whoever has none of their own is rung there."),
    )
    residency = forms.ChoiceField(
        label=_("How do they belong here?"),
        choices=Resident.Residency,
        widget=forms.RadioSelect,
    )
    activity = forms.ModelChoiceField(
        label=_("Sign up for"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=_("nothing yet"),
    )

    def __init__(self, *args: Any, activities: Sequence[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["activity"]
        field.queryset = Activity.objects.filter(pk__in=[row.pk for row in activities])
        field.choices = [("", field.empty_label), *((row.pk, _line(row)) for row in activities)]

    def ask_whether_together(self, there: Sequence[Resident]) -> None:
        """A number alone makes nobody family with strangers."""
        self.fields["together"].widget = forms.CheckboxInput()
        names = listed(covered(person.full_name) for person in there)
        message = _("In this house live already: %(names)s. Tick it where they are one family.")
        self.add_error("together", message % {"names": names})


def _line(activity: Any) -> str:
    return f"{day_text(local_day(activity.next_at), year=False)} {activity.title}"


PeopleForms = forms.formset_factory(PersonForm, extra=0, min_num=ROWS, max_num=ROWS)
