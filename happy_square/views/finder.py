"""Find me a group: what, when, where; each one tap, on plain pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import public
from diedie_edu.common.days import local_now
from happy_square.queries import directory
from happy_square.rules.finder import ANY, CHILDREN, QUESTIONS, When


@public
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The next question that has no answer yet, or the groups that fit."""
    answers = {name: request.GET[name] for name in QUESTIONS if request.GET.get(name)}
    open_ones = [name for name in QUESTIONS if name not in answers]
    if open_ones:
        context = {
            "question": open_ones[0],
            "step": len(answers) + 1,
            "choices": [
                {"label": label, "url": f"?{urlencode(answers | {open_ones[0]: answer})}"}
                for answer, label in _choices(open_ones[0], answers)
            ],
            "any_url": f"?{urlencode(answers | {open_ones[0]: ANY})}",
        }
        return render(request, "happy_square/finder.html", context)
    found = directory.with_next_meet_ups(directory.found_by(answers), local_now())
    return render(request, "happy_square/found.html", {"groups": found})


def _choices(question: str, answers: dict[str, str]) -> list[tuple[str, str]]:
    if question == "kind":
        return [(str(kind.pk), kind.title) for kind in directory.kinds_with_groups()]
    if question == "when":
        return [(value, str(label)) for value, label in When.choices]
    fitting = directory.found_by(answers)
    places = [(str(venue.pk), venue.title) for venue in directory.places_of(fitting)]
    if fitting.filter(takes_children=True).exists():
        return [*places, (CHILDREN, _("For children"))]
    return places
