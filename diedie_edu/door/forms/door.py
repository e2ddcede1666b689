"""Finding people at the door, writing newcomers down, typing a sheet in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.fields import ContactField, NameField
from diedie_edu.door.queries import attendance
from diedie_edu.people.rules.alike import called


class NewcomerForm(forms.Form):
    """Nobody under 14 is written down at the door: a guardian's consent comes first."""

    full_name = NameField(label=_("Their name"))
    phone = ContactField(label=_("Their phone"), required=False)
    is_grown = forms.ChoiceField(
        label=_("How old are they?"),
        choices=[("yes", _("14 or older")), ("no", _("under 14"))],
        widget=forms.RadioSelect,
    )

    def clean_is_grown(self) -> str:
        if self.cleaned_data["is_grown"] == "no":
            raise ValidationError(
                _(
                    "A child under 14 is welcome to listen, but is not written down here: "
                    "a guardian enters it first. Tear up what you noted."
                )
            )
        return self.cleaned_data["is_grown"]


class BeyondForm(forms.Form):
    reason = forms.CharField(label=_("Another reason"), max_length=100)


class SheetForm(forms.Form):
    """The ticks of a paper sheet: one for each person with a seat who is not in yet."""

    signed = forms.TypedMultipleChoiceField(
        label=_("Who signed"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one name.")},
    )

    def __init__(self, *args: Any, lines: Sequence[attendance.Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed"].choices = [
            (line.resident.pk, called(line.resident)) for line in lines
        ]


class ExcuseForm(forms.Form):
    reason = forms.CharField(label=_("Why it is excused"), max_length=100)
