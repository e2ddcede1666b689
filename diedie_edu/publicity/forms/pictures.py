"""Pictures, and the permission of those shown."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.documents import PICTURES
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.common.inputs import DayInput
from diedie_edu.common.names import partly_covered
from diedie_edu.people.choosing import FindsPeople, PeopleField
from diedie_edu.people.models import Resident
from diedie_edu.people.rules.residents import is_child
from diedie_edu.publicity.forms.posts import ProgrammeField
from diedie_edu.publicity.models import Picture
from diedie_edu.publicity.queries.pictures import people_who_agreed

SHOWS = _("For those who cannot see it, e.g. “Twelve people write with brushes at long tables”.")


class UploadField(forms.FileField):
    def __init__(self, **options: Any) -> None:
        accept = {"accept": PICTURES}
        widget = forms.ClearableFileInput(attrs=accept)
        super().__init__(label=_("Picture"), allow_empty_file=True, widget=widget, **options)


class UploadForm(forms.Form):
    programme = ProgrammeField()
    file = UploadField()
    alt = forms.CharField(label=_("What it shows"), max_length=120, help_text=SHOWS)

    def __init__(self, *args: Any, scopes: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].narrow(scopes)


class ShownField(PeopleField):
    """Those who agreed; children stand there half covered, like everywhere."""

    today: date

    def label_from_instance(self, person: Resident) -> str:
        name = person.full_name
        return partly_covered(name) if is_child(person.birth_date, self.today) else name


class DescribeForm(FindsPeople, EditForm):
    """What a picture shows, and who can be recognised."""

    alt = forms.CharField(label=_("What it shows"), max_length=120, help_text=SHOWS)
    faces = forms.ChoiceField(
        label=_("Who can be recognised?"),
        required=False,
        choices=[("", _("nobody has looked yet")), *Picture.Faces.choices],
        widget=forms.RadioSelect,
    )
    people = ShownField(
        label=_("Who can be recognised in it"),
        queryset=Resident.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Only who has a recorded permission is listed. With anybody else the picture is not "
            "shown: choose another one, or cut them off."
        ),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].today = today
        shown = self.rows[0].people.all()
        agreed = people_who_agreed(today)
        self.fields["people"].queryset = Resident.objects.filter(
            pk__in=[*agreed.values_list("pk", flat=True), *shown.values_list("pk", flat=True)]
        ).order_by("sort_key", "pk")

    def about_rows(self, options: dict[str, Any]) -> dict[str, Any]:
        row = self.rows[0]
        people = [person.pk for person in row.people.order_by("pk")]
        return options | {"initial": {"alt": row.alt, "faces": row.faces, "people": people}}


class ConsentForm(forms.Form):
    given_on = forms.DateField(label=_("Signed on"), widget=DayInput)
    paper_reference = forms.CharField(
        label=_("Where the signed paper lies"),
        max_length=60,
        help_text=_("e.g. “blue folder, page 12”"),
    )
