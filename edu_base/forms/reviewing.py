"""What the lead sets for a class, and what reviewers say and give."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.accounts.queries import accounts_with
from diedie_edu.common.names import partly_covered
from diedie_edu.people.choosing import PersonField
from edu_base.models import Application, Criterion, Declaration, Intake
from edu_base.models.marks import MOST


class CriterionForm(forms.ModelForm):
    """One criterion of a class."""

    class Meta:
        model = Criterion
        fields = ["part", "title_zh", "title_en", "weight", "place"]

    def __init__(self, *args: Any, intake: Intake, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.intake = intake


class ReviewerForm(forms.Form):
    """Whom the lead appoints: somebody who works at the desk."""

    account = PersonField(User.objects.none(), label=_("Reviewer"))

    def __init__(self, *args: Any, intake: Intake, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        appointed = intake.reviewers.filter(ended_at=None).values("account")
        staff = accounts_with(Permission.OPEN_DESK).exclude(pk__in=appointed)
        self.fields["account"].queryset = staff.order_by("display_name", "pk")


class TakeBackForm(forms.Form):
    """Which marks, and why."""

    review = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Why"), max_length=200)


class TiesForm(forms.Form):
    """A tie, or none, with each covered name."""

    def __init__(self, *args: Any, applications: Iterable[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in applications:
            name = partly_covered(row.person.full_name) if row.person else "–"
            self.fields[f"tie_{row.pk}"] = forms.ChoiceField(
                label=f"{row.pk} · {name}", choices=Declaration.Tie.choices, initial="none"
            )

    def ties(self) -> dict[int, str]:
        return {int(name.removeprefix("tie_")): tie for name, tie in self.cleaned_data.items()}


class MarksForm(forms.Form):
    """Marks from 0 to 100 for each criterion."""

    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For staff; the applicant does not read it."),
    )

    def __init__(self, *args: Any, criteria: QuerySet[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = {
            f"points_{row.pk}": forms.IntegerField(
                label=row.title,
                min_value=0,
                max_value=MOST,
                help_text=_("0 to 100, weight %s") % row.weight,
            )
            for row in criteria
        }
        self.fields = marks | self.fields

    def points(self) -> dict[int, int]:
        found = self.cleaned_data.items()
        return {int(name[7:]): mark for name, mark in found if name.startswith("points_")}
