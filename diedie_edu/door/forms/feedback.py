"""What people say of an occasion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.door.models import Feedback


class FeedbackForm(forms.ModelForm):
    """Any one of the answers, or the words; what is not sent stays as it was."""

    words = forms.CharField(
        label=_("Anything you want to tell us"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Feedback
        fields = ["use", "level", "again", "words"]

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name in self.data}
