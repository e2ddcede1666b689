"""The upload of a list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import refusals
from diedie_edu.common.spreadsheets.opening import content_of
from diedie_edu.lists.kinds import ListKind


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in the list"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Your list"),
        help_text=_("An Excel workbook (.xlsx, .xls) or a CSV file, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        allow_empty_file=True,  # refused below, in words that help
    )

    def __init__(self, *args: Any, kinds: Iterable[ListKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.slug, kind.title) for kind in kinds]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        with refusals.as_error():
            self.cleaned_data["content"] = content_of(upload)
        return upload
