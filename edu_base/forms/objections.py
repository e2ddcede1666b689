"""An objection as somebody writes it or staff enter it, and its decision."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.fields import PhoneField
from diedie_edu.common.inputs import DayInput
from diedie_edu.common.names import partly_covered
from diedie_edu.people.choosing import PersonField
from edu_base.actions.objections import Told
from edu_base.models import Application, Objection


class NameInPublic(PersonField):
    """Names that read alike have their number beside them, and nothing of anybody."""

    tells_by_facts = False


class ObjectionForm(forms.Form):
    """To one of the names in public; `sheet` makes sending it twice harmless."""

    sheet = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    application = NameInPublic(
        Application.objects.none(), label=_("To which name?"), empty_label="–"
    )
    words = forms.CharField(
        label=_("What do you object to, and how do you know it?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    objector = forms.CharField(
        label=_("Your name"), max_length=50, help_text=_("Only staff see it.")
    )
    phone = PhoneField(
        label=_("Mobile number"),
        required=False,
        help_text=_("For one text message when it has been decided; then we delete it."),
    )

    def __init__(self, *args: Any, names: Iterable[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["application"]
        field.queryset = names
        field.label_from_instance = self.label_of

    def label_of(self, row: Application) -> str:
        return partly_covered(row.person.full_name) if row.person else "–"

    def told(self) -> Told:
        return Told(**{name: self.cleaned_data[name] for name in Told.__dataclass_fields__})


class EnterForm(ObjectionForm):
    """The same, as staff enter what came on paper or by telephone."""

    way = forms.ChoiceField(
        label=_("How it came"),
        choices=[row for row in Objection.Way.choices if row[0] != Objection.Way.FORM],
        widget=forms.RadioSelect,
    )
    received_on = forms.DateField(label=_("Received on"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What they object to, in their own words")
        self.fields["objector"].label = _("Who objects")

    def label_of(self, row: Application) -> str:
        return row.person.full_name if row.person else "–"


class DecideForm(forms.Form):
    """Upheld, the application ends there."""

    upheld = forms.TypedChoiceField(
        label=_("Your decision"),
        choices=[
            ("no", _("Not upheld: the application goes on")),
            ("yes", _("Upheld: the application ends, and the place goes to the next")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_(
            "The objector reads this, and where it is upheld the applicant too. Write nothing that "
            "tells who objected."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
