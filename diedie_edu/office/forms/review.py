"""What a reviewer says: about the whole, beside lines, and the decision."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.decisions.models import State as Decided
from diedie_edu.office.actions.remarks import Asked

BESIDE = "beside-"  # the name of a field beside a line goes on with the line's key
COMMENT, REVOKED = "comment", "revoked"
LONGEST = 500  # as the column


class ReviewForm(forms.Form):
    """`words` are about the whole: the reason of a no."""

    what = forms.ChoiceField(
        choices=[
            (Decided.APPROVED, _("Approve")),
            (Decided.RETURNED, pgettext_lazy("a request", "Return")),
            (COMMENT, _("Only comment")),
            (REVOKED, _("Withdraw the approval")),
        ]
    )
    words = forms.CharField(
        label=_("About the whole"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to return it, unless you asked something beside a line."),
    )

    @property
    def beside(self) -> Asked:
        """Words beside lines, by their keys; what is too long is cut by the browser already."""
        given = {name: str(self.data[name]) for name in self.data if name.startswith(BESIDE)}
        return {UUID(name.removeprefix(BESIDE)): words[:LONGEST] for name, words in given.items()}

    @property
    def about_all(self) -> str:
        return str(self.cleaned_data["words"]).strip()

    @property
    def reason(self) -> str:
        """Of a no; what was asked beside lines is one."""
        asked = any(words.strip() for words in self.beside.values())
        return self.about_all or (__("Please see the remarks beside the lines.") if asked else "")

    def clean(self) -> dict[str, Any]:
        try:
            _keys = self.beside
        except ValueError:
            raise forms.ValidationError(
                _("Something of this page was lost. Open it from the list.")
            ) from None
        return self.cleaned_data
