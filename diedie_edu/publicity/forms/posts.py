"""Writing, correcting and taking down a post; a month's newsletter."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.belonging import EVERYWHERE
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import EditForm, EditModelForm
from diedie_edu.common.inputs import DayInput, MomentInput
from diedie_edu.common.manifests import programme_choices
from diedie_edu.publicity.models import Post

AREA = forms.Textarea(attrs={"rows": 16})
HOW_TO_WRITE = _(
    "An empty line begins a paragraph, “## ” a heading, “- ” a list; **bold**, "
    "[words](https://…). ![](2) shows picture 2 there."
)


class ProgrammeField(forms.ChoiceField):
    """A programme where the reader may publish; with the right everywhere also all together."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Programme"), required=False, **options)

    def narrow(self, scopes: Collection[str]) -> None:
        every = EVERYWHERE in scopes
        self.required = not every  # left out it would stand for all programmes
        rows = [row for row in programme_choices() if every or row[0] in scopes]
        self.choices = [("", _("all programmes")), *rows] if every else rows


class PostForm(EditModelForm):
    """A draft; its programme is chosen once, when it is begun."""

    programme = ProgrammeField()

    class Meta:
        model = Post
        fields = ["programme", "title", "text", "publish_at", "pinned_until"]
        widgets = {"text": AREA, "publish_at": MomentInput, "pinned_until": DayInput}
        help_texts = {
            "text": HOW_TO_WRITE,
            "publish_at": _("Left empty: at once when it is published."),
            "pinned_until": _("Left empty: it stands by its day like the others."),
        }

    def __init__(self, *args: Any, scopes: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].narrow(scopes)
        if self.instance.pk:
            del self.fields["programme"]


class CorrectForm(EditForm):
    """New words for a published post, and what is different, for every reader."""

    title = forms.CharField(label=_("Title"), max_length=60)
    text = forms.CharField(label=_("Text"), widget=AREA, help_text=HOW_TO_WRITE)
    note = forms.CharField(
        label=_("What was corrected"),
        max_length=200,
        help_text=_("Everybody reads this below the post, e.g. “The lecture begins at 10:00.”"),
    )

    def about_rows(self, options: dict[str, Any]) -> dict[str, Any]:
        post = self.rows[0]
        return options | {"initial": {"title": post.title, "text": post.text, "note": ""}}


class TakeDownForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=200, help_text=_("It stays with the post, for the staff.")
    )


class PinForm(forms.Form):
    until = forms.DateField(
        label=_("At the top until"),
        required=False,
        widget=DayInput,
        help_text=_("Left empty: it stands by its day like the others."),
    )


class NewsletterForm(forms.Form):
    programme = ProgrammeField()
    month = forms.DateField(
        label=_("Month"),
        initial=lambda: local_day(local_now()),
        input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
    )

    def __init__(self, *args: Any, scopes: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].narrow(scopes)

    def clean_month(self) -> date:
        return self.cleaned_data["month"].replace(day=1)
