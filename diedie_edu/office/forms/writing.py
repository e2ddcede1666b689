"""What is written into a draft, and what is entered about a document."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import refusals
from diedie_edu.common.documents import ACCEPTED
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import DayInput
from diedie_edu.office.models import (
    CommitteePaper,
    Content,
    Document,
    Milestone,
    Paragraph,
    Version,
    Work,
)
from diedie_edu.office.rules.plans import check_days


class ParagraphForm(EditModelForm):
    class Meta:
        model = Paragraph
        fields = ["kind", "title", "text"]
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Paragraph.Kind.choices


class MilestoneForm(EditModelForm):
    class Meta:
        model = Milestone
        fields = ["title", "first_day", "last_day", "who", "looks_for"]
        widgets = {"first_day": DayInput, "last_day": DayInput}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        first, last = told.get("first_day"), told.get("last_day")
        if first and last:
            with refusals.in_form(self):
                check_days(first, last)
        return told


FORMS: dict[str, type[EditModelForm]] = {"paragraph": ParagraphForm, "milestone": MilestoneForm}
TITLES = {"paragraph": _("Paragraph"), "milestone": _("Milestone")}


def form_of(row: Content) -> type[EditModelForm]:
    """Raises `KeyError` for a line that has a page of its own."""
    return FORMS[str(row._meta.model_name)]


class HeadForm(EditModelForm):
    """Why there is a new version; rules say from which day they hold."""

    class Meta:
        model = Version
        fields = ["reason", "in_force_from"]
        widgets = {"in_force_from": DayInput, "reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "reason": _("Those who review it read this, and it stays with the document."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.document.work != Work.RULES:
            del self.fields["in_force_from"]


class DueForm(EditModelForm):
    class Meta:
        model = Document
        fields = ["due_on"]
        widgets = {"due_on": DayInput}


class FileForm(forms.Form):
    """A finished file that goes with a draft."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": f".docx,{ACCEPTED}"}),
        help_text=_("A finished Word file (.docx) or PDF, or a scan of it."),
    )
    title = forms.CharField(
        label=_("What is it called?"),
        required=False,
        max_length=80,
        help_text=_("May stay empty: the file's name is taken."),
    )


class SignedForm(forms.Form):
    """What was approved on paper before."""

    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput)
    signed_by = forms.CharField(label=_("Who signed it"), max_length=50)
    file = forms.FileField(
        label=_("Scan of the signed page"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF or a picture."),
    )


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class CommitteePaperForm(EditModelForm):
    """A paper of the committee as it was received."""

    file = forms.FileField(
        label=_("Scan"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF or a picture."),
    )

    class Meta:
        model = CommitteePaper
        fields = ["what", "title", "number", "issued_on", "amount"]
        widgets = {"what": forms.RadioSelect, "issued_on": DayInput}
        help_texts = {
            "number": _("As it stands on the paper, such as 社区党〔2026〕8号."),
            "amount": _("For money alone."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = CommitteePaper.What.choices

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        is_money, amount = told.get("what") == CommitteePaper.What.MONEY, told.get("amount")
        if is_money and not (amount and amount > 0):
            self.add_error("amount", _("Please enter the sum that was granted."))
        if not is_money and amount is not None:
            self.add_error("amount", _("A plan has no sum. Enter the money as a paper of its own."))
        return told
