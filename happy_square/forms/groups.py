"""What a resident looks for among the groups."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.days import WEEKDAYS
from diedie_edu.common.fields import SearchField
from happy_square.queries.directory import kinds_with_groups


class GroupFilter(forms.Form):
    """Every field may stay empty."""

    q = SearchField(
        label=_("Search groups"), help_text=_("Name or place"), max_length=60, required=False
    )
    kind = forms.TypedChoiceField(
        label=_("Kind of group"), required=False, coerce=int, empty_value=None
    )
    weekday = forms.TypedChoiceField(
        label=_("Meets on"), required=False, coerce=int, empty_value=None
    )
    children = forms.BooleanField(label=_("For children under 14"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds_with_groups()
        kinds = [(kind.pk, kind.title) for kind in self.kinds]
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]
        days = [("", _("Any day")), *enumerate(WEEKDAYS, start=1)]
        self.fields["weekday"].choices = days
