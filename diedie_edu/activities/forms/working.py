"""Forms of the list of people: a note for colleagues, and a word to everybody."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.rules.working import LONGEST_WORD

SEATS, QUEUE = "seats", "queue"


class NoteForm(forms.Form):
    text = forms.CharField(label=_("Note for colleagues"), max_length=200, required=False)


class WordForm(forms.Form):
    """What is written to everybody; `key` goes with the form, so that it is sent once."""

    text = forms.CharField(
        label=_("What they are to know"),
        max_length=LONGEST_WORD,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: please bring scissors. Up to 500 signs, and no names of others."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid4())


class WordToSignedUpForm(WordForm):
    whom = forms.ChoiceField(
        label=_("To whom"),
        choices=[
            (SEATS, _("Everybody with a seat, or one kept for them")),
            (QUEUE, _("These and the waiting list")),
        ],
        initial=SEATS,
        widget=forms.RadioSelect,
    )
    field_order = ["text", "whom"]

    @property
    def with_queue(self) -> bool:
        return self.cleaned_data["whom"] == QUEUE
