"""What staff type on the tablet."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from after_school.models import Collector, Note, Presence, Session, WalkHomePermission
from after_school.queries.still_here import OUTCOMES
from after_school.rules.collecting import PASS_DIGITS
from diedie_edu.common.characters import code_digits
from diedie_edu.common.days import moment
from diedie_edu.common.errors import Refused
from diedie_edu.common.inputs import ClockInput

# In words that fit a third of a phone's width.
CHECKS = (
    (Presence.Check.KNOWN, pgettext_lazy("a person was checked", "Known")),
    (Presence.Check.DOCUMENT, pgettext_lazy("a person was checked", "Document")),
    (Presence.Check.CALL, pgettext_lazy("a person was checked", "Call")),
)


class ZoneForm(forms.Form):
    """Into which zone; the child's own where none is named."""

    zone = forms.ModelChoiceField(queryset=None, required=False)  # type: ignore[var-annotated]

    def __init__(self, *args: Any, session: Session, **options: Any):
        super().__init__(*args, **options)
        self.fields["zone"].queryset = session.term.zones.all()


class HandOverForm(forms.Form):
    """With whom the child goes; exactly one of the ways is sent by a button."""

    collector = forms.ModelChoiceField(Collector.objects.none(), required=False)
    walk_home = forms.ModelChoiceField(WalkHomePermission.objects.none(), required=False)
    how = forms.ChoiceField(label=_("checked how"), choices=CHECKS, required=False)
    code = forms.CharField(label=_("The six digits of the pass"), required=False)

    def __init__(self, *args: Any, child: int, **options: Any):
        super().__init__(*args, **options)
        self.fields["collector"].queryset = Collector.objects.filter(child=child)
        self.fields["walk_home"].queryset = WalkHomePermission.objects.filter(child=child)

    def clean_code(self) -> str:
        typed = self.cleaned_data["code"]
        code = code_digits(typed)
        if typed and not (code.isdecimal() and len(code) == PASS_DIGITS):
            raise ValidationError(_("Six digits, as the guardian sent them."), code="invalid")
        return code


class NoteForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("kind of note"), choices=Note.Kind, widget=forms.RadioSelect, initial="homework"
    )
    text = forms.CharField(
        label=_("what happened, in a sentence or two"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CallForm(forms.Form):
    """What came of a call and who was called, said by one button: "reached 李梅"."""

    call = forms.CharField(max_length=80)

    def clean_call(self) -> dict[str, str]:
        outcome, _space, whom = self.cleaned_data["call"].partition(" ")
        if outcome not in OUTCOMES or not whom:
            raise ValidationError(_("Tap one of the buttons."), code="invalid")
        return {"whom": whom, "outcome": str(OUTCOMES[outcome])}


class ClosingForm(forms.Form):
    reason = forms.CharField(
        label=_("Why does it close before the end?"), max_length=200, required=False
    )

    def __init__(self, *args: Any, is_needed: bool, **options: Any):
        super().__init__(*args, **options)
        self.fields["reason"].required = is_needed


class UndoForm(forms.Form):
    """What is taken back, by the time that the page showed."""

    seen = forms.DateTimeField(widget=forms.HiddenInput)


class SeenForm(UndoForm):
    """A correction with its reason."""

    reason = forms.CharField(label=_("Why is it put right?"), max_length=200)


class ClockForm(forms.Form):
    """The time on the paper register, where a tap is typed in afterwards; empty for now."""

    at = forms.TimeField(label=_("Time on paper"), required=False, widget=ClockInput())

    def moment_on(self, session: Session) -> datetime | None:
        """Raises `Refused` where what was typed is no time."""
        if not self.is_valid():
            raise Refused("time", _("Type the time as 17:05."), "at")
        clock = self.cleaned_data["at"]
        return moment(session.day, clock) if clock else None
