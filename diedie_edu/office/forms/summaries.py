"""What somebody changes in a draft of a summary."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.edit_forms import EditForm


class PicturesForm(EditForm):
    """Which pictures stand in it."""

    pictures = forms.TypedMultipleChoiceField(
        label=_("pictures"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only pictures of which everybody in them has agreed can be chosen."),
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pictures"]
        field.choices = choices
