"""A word to everybody: written, looked at with how many it reaches, sent once; and its page."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public
from diedie_edu.activities.actions.words import Word, send_word
from diedie_edu.activities.forms.working import WordForm, WordToSignedUpForm
from diedie_edu.activities.messages import ACTIVITY
from diedie_edu.activities.models import Activity, WordToAll
from diedie_edu.activities.queries import occasions, words
from diedie_edu.activities.views.register import keeps_register, list_of, worked_activity
from diedie_edu.common import refusals
from diedie_edu.common.days import local_now
from diedie_edu.common.errors import Refused
from diedie_edu.common.links import numbers_in

PURPOSE = "staff_word"
OF_USE = timedelta(days=7)  # where nothing lies ahead any more


@dataclass(frozen=True)
class Writing:
    """What a word is about, whom it goes to, until when it is of use, where to go on."""

    programme: str
    about: str
    title: str
    people: Callable[[], Collection[int]]
    expires_at: datetime
    back: str
    back_title: str


def answer(request: SignedInRequest, form: WordForm, writing: Writing) -> HttpResponse:
    """The form; what was written with how many it reaches; or, once it is sent, the list."""
    context = {"form": form, "writing": writing, "words": words.words_about(writing.about)}
    if request.method == "POST" and form.is_valid() and "edit" not in request.POST:
        reach = words.reach_of(writing.people())
        if "send" not in request.POST:
            return render(request, "activities/word_preview.html", context | {"reach": reach})
        with refusals.in_form(form):
            sent = _send(request, form, writing, reach.people)
            messages.success(request, _sent_text(sent.people))
            return redirect(writing.back)
    return render(request, "activities/word_form.html", context)


def _send(
    request: SignedInRequest, form: WordForm, writing: Writing, people: list[int]
) -> WordToAll:
    if not people:
        raise Refused("nobody", _("There is nobody yet to whom it could go."))
    word = Word(
        programme=writing.programme,
        about=writing.about,
        title=writing.title,
        text=form.cleaned_data["text"],
        people=people,
        expires_at=writing.expires_at,
        key=form.cleaned_data["key"],
    )
    return send_word(word=word, by=request.user, now=local_now())


def _sent_text(people: int) -> str:
    return ngettext(
        "Sent. %(people)d person gets a message or a call.",
        "Sent. %(people)d people get a message or a call.",
        people,
    ) % {"people": people}


@keeps_register
def word_to_all(request: SignedInRequest, pk: int) -> HttpResponse:
    """To everybody of one activity."""
    activity = worked_activity(request, pk)
    form = WordToSignedUpForm(request.POST or None)
    return answer(request, form, _about(activity, form))


def _about(activity: Activity, form: WordToSignedUpForm) -> Writing:
    def people() -> list[int]:
        rows = words.signed_up_people(activity, with_queue=form.with_queue)
        return list(rows.values_list("resident", flat=True))

    now = local_now()
    return Writing(
        programme=activity.programme.slug,
        about=ACTIVITY.of(activity.pk),
        title=activity.title,
        people=people,
        expires_at=max(activity.last_starts_at, now + OF_USE),
        back=list_of(activity),
        back_title=activity.title,
    )


@public
@require_safe
def word(request: HttpRequest, token: str) -> HttpResponse:
    """What was written, behind the signed link of its message: nobody need sign in."""
    named = numbers_in(token, PURPOSE)
    if named is None or len(named) != 1:
        raise Http404
    found = get_object_or_404(WordToAll, pk=named[0])
    number = ACTIVITY.number_in(found.about)
    shown = Activity.objects.filter(occasions.announced(), pk=number or 0)
    return render(request, "activities/word.html", {"word": found, "activity": shown.first()})
