"""The upload of a list."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import refusals
from diedie_edu.common.spreadsheets.opening import content_of
from diedie_edu.lists.kinds import ListKind


class ListField(forms.FileField):
    """An upload with all of it in `content`."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Your list"),
            help_text=_("An Excel workbook (.xlsx, .xls) or a CSV file, up to 20 MB."),
            widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
            allow_empty_file=True,  # refused below, in words that help
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        with refusals.as_error():
            upload.content = content_of(upload)
        return upload


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in the list"), widget=forms.RadioSelect)
    file = ListField()

    def __init__(self, *args: Any, kinds: Iterable[ListKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.slug, kind.title) for kind in kinds]
