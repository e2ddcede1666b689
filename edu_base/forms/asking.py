"""What a student says of studies and work."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.common.inputs import DayInput
from diedie_edu.people.models import Organisation
from edu_base.actions.asking import Said
from edu_base.models import StudyQuestion

Answer, Work = StudyQuestion.Answer, StudyQuestion.Work


class GraduateForm(forms.Form):
    """When somebody graduated, and where they work."""

    graduated_on = forms.DateField(label=_("When did you graduate?"), widget=DayInput)
    work = forms.ChoiceField(
        label=_("Where do you work now?"), choices=Work.choices, widget=forms.RadioSelect
    )
    employer = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("In which enterprise?"),
        required=False,
        empty_label=_("another one, or I would rather not say"),
        help_text=_("Only where it is one of the community."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enterprises = Organisation.objects.filter(kind=Organisation.Kind.ENTERPRISE)
        self.fields["employer"].queryset = enterprises

    def said(self) -> Said:
        is_here = self.cleaned_data["work"] == Work.HERE
        facts = self.cleaned_data if is_here else self.cleaned_data | {"employer": None}
        return Said(answer=Answer.GRADUATED, **facts)
