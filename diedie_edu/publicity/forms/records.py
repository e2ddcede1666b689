"""What went out elsewhere."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common import refusals
from diedie_edu.common.belonging import within
from diedie_edu.common.edit_forms import EditModelForm
from diedie_edu.common.inputs import DayInput
from diedie_edu.publicity.forms.posts import ProgrammeField
from diedie_edu.publicity.models import OutwardRecord, Post
from diedie_edu.publicity.queries.pictures import to_choose_from
from diedie_edu.publicity.rules.records import check_says_where


class RecordForm(EditModelForm):
    programme = ProgrammeField()
    link = forms.URLField(
        label=_("Link"),
        required=False,
        assume_scheme="https",
        help_text=_("e.g. the address of the article on the WeChat account"),
    )

    class Meta:
        model = OutwardRecord
        fields = [
            *("programme", "way", "went_out_on", "what", "place", "link", "post", "picture"),
            "over_on",
        ]
        widgets = {"went_out_on": DayInput, "over_on": DayInput, "way": forms.RadioSelect}
        help_texts = {
            "what": _("e.g. “Poster of the autumn lectures, 6 copies”"),
            "place": _("e.g. “notice boards of buildings 1 to 6”"),
            "post": _("Its pictures went out along with it."),
        }

    def __init__(self, *args: Any, scopes: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].narrow(scopes)
        self.fields["way"].choices = OutwardRecord.Way.choices
        posts = within(Post.objects.exclude(state=Post.State.DRAFT), scopes)
        self.fields["post"].queryset = posts.order_by("-pk")
        self.fields["picture"].queryset = to_choose_from(scopes)
        for name in ("post", "picture"):
            self.fields[name].empty_label = _("none")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        with refusals.as_error():
            check_says_where(told.get("place", ""), told.get("link", ""))
        return told
