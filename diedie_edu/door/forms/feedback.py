"""What people say of an occasion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.models import Attendance
from diedie_edu.common.edit_forms import EditForm
from diedie_edu.door.models import Feedback


class FeedbackForm(forms.ModelForm):
    """Any one of the answers; what is not sent stays as it was."""

    class Meta:
        model = Feedback
        fields = ["use", "level", "again"]

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name in self.data}


class WordsForm(EditForm):
    words = forms.CharField(
        label=_("Anything you want to tell us"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, attendance: Attendance, **kwargs: Any) -> None:
        said = Feedback.objects.filter(attendance=attendance).exclude(words="").first()
        super().__init__(*args, rows=[said] if said else [], **kwargs)
        self.initial["words"] = self.rows[0].words if said else ""
