"""Who came to a date: members by a tap, guests by their number."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.edit_forms import EditForm
from diedie_edu.people.choosing import PeopleField
from diedie_edu.people.models import Resident
from happy_square.actions.dates import lock_groups
from happy_square.models import MeetUp
from happy_square.queries import counting

MOST_GUESTS = 500


class CameField(PeopleField):
    widget = forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"})

    def label_from_instance(self, person: Resident) -> str:
        return person.full_name


class CountForm(EditForm):
    """Two who count at once take nothing back of each other: it says what has changed."""

    came = CameField(label=_("Who came"), queryset=Resident.objects.none(), required=False)
    guests = forms.IntegerField(
        label=_("Guests beside them"),
        min_value=0,
        max_value=MOST_GUESTS,
        help_text=_("People whose name is not on the list: only their number."),
    )

    def __init__(self, *args: Any, meet_up: MeetUp, **kwargs: Any) -> None:
        super().__init__(*args, rows=[meet_up], **kwargs)
        self.fields["came"].queryset = counting.people_at(meet_up)
        here = counting.came_to(meet_up)
        self.initial.update({"came": here, "guests": self.rows[0].guests or 0})

    def lock(self, rows: Iterable[Any]) -> list[Any]:
        [meet_up] = rows
        lock_groups([meet_up.group_id])
        return super().lock([meet_up])
