"""A file for a lecture."""

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.documents import ACCEPTED


class MaterialForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF or a picture."),
    )
    title = forms.CharField(
        label=_("What is it called?"),
        required=False,
        max_length=80,
        help_text=_("May stay empty: the file's name is taken."),
    )
