"""What staff do for a family that asks for it: every act of a guardian, with who asked and why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from after_school.actions import absences, collecting, enrolling, passes
from after_school.forms.children import (
    AbsenceForm,
    CollectorForm,
    PassForm,
    PlaceChangeForm,
    WalkHomeForm,
)
from after_school.forms.families import AskedForm
from after_school.models import Absence, Collector, CollectorPass, Enrolment, WalkHomePermission
from after_school.queries.children import (
    enrolment_of,
    enrolments_of,
    guardians_of,
    term_to_collect_from,
)
from after_school.views.doors import of_childs_record
from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.people.models import Resident


@dataclass
class Case:
    """One thing that a family asks for. Raises `Http404` for a row or a place that is not there."""

    request: SignedInRequest
    child: Resident
    pk: int

    def __post_init__(self) -> None:
        self.now = local_now()
        self.today = local_day(self.now)
        self.sent = self.request.POST or None

    @property
    def enrolment(self) -> Enrolment:
        """In the term that the address names by ?term=, where the child is in several."""
        found = enrolment_of(self.child.pk, self.now, self.request.GET.get("term", ""))
        if found is None:
            raise Http404
        return found

    def row(self, model: Any, path: str = "child") -> Any:
        return get_object_or_404(model, pk=self.pk, **{path: self.child})


Do = Callable[[Case, Any, dict[str, Any]], Any]


@dataclass(frozen=True)
class Act:
    """`do(case, form, who)` does it; `who` are `by` and `now` of the action. `form(case)` is the
    guardian's own form, if it has one; `about(case)` is what it is about, 404 where it is not
    there. What staff may do `alone` needs no guardian who asks; `in_term` is of one term alone. The
    record shows it where `is_for(enrolment)`."""

    title: str | Promise
    do: Do
    form: Callable[[Case], forms.Form] | None = None
    about: Callable[[Case], Any] = lambda _case: ""
    alone: bool = False
    in_term: bool = False
    is_for: Callable[[Enrolment | None], bool] = bool


def _row_act(title: Promise, do: Do, about: Callable[[Case], Any], alone: bool = False) -> Act:
    """An act about a row, beside which it stands."""
    return Act(title, do, about=about, alone=alone, is_for=lambda _enrolment: False)


def _always(_enrolment: Enrolment | None) -> bool:
    return True


def _is_offered(enrolment: Enrolment | None) -> bool:
    return enrolment is not None and enrolment.sign_up.is_offered


def _of(model: Any, path: str = "child") -> Callable[[Case], Any]:
    return lambda case: case.row(model, path)


def _back(undo: Callable[..., Any], name: str, model: Any, path: str = "child") -> Do:
    return lambda case, _form, who: undo(**{name: case.row(model, path)}, **who)


def _bar(change: Callable[..., Any]) -> Do:
    """The reason of the bar is that of the log."""
    return lambda case, _form, who: change(
        collector=case.row(Collector), reason=who["by"].reason, **who
    )


def _make_pass(case: Case, form: Any, who: dict[str, Any]) -> HttpResponse:
    """The code is on the page that answers, once, to be read out."""
    term = term_to_collect_from(case.child.pk, form.cleaned_data["day"], case.now)
    if term is None:
        raise Http404
    made, code = passes.make_pass(child=case.child, term=term, **form.cleaned_data, **who)
    context = {"child": case.child, "made": made, "code": code, "back": "after_school:record"}
    return render(case.request, "after_school/pass_made.html", context)


def _form(form: type[forms.Form], *days: str) -> Callable[[Case], forms.Form]:
    """With today in these fields."""
    return lambda case: form(case.sent, initial=dict.fromkeys(days, case.today))


ACTS = {
    "collector": Act(
        gettext_lazy("Somebody new may collect"),
        lambda case, form, who: collecting.name_collector(child=case.child, new=form.new(), **who),
        lambda case: CollectorForm(case.sent, today=case.today),
        is_for=_always,
    ),
    "bar": _row_act(gettext_lazy("Bar"), _bar(collecting.bar_collector), _of(Collector)),
    "lift": _row_act(
        gettext_lazy("Lift the bar"), _bar(collecting.lift_bar), _of(Collector), alone=True
    ),
    "pass": Act(gettext_lazy("A pass for one day"), _make_pass, _form(PassForm, "day")),
    "pass-back": _row_act(
        gettext_lazy("Take the pass back"),
        _back(passes.take_back_pass, "day_pass", CollectorPass),
        _of(CollectorPass),
    ),
    "walk-home": Act(
        gettext_lazy("Walking home alone"),
        lambda case, form, who: passes.permit_walking_home(child=case.child, **form.days(), **who),
        _form(WalkHomeForm, "valid_from"),
        is_for=_always,
    ),
    "walk-home-back": _row_act(
        gettext_lazy("Walks home alone no more"),
        _back(passes.take_back_walking_home, "permission", WalkHomePermission),
        _of(WalkHomePermission),
    ),
    "absence": Act(
        gettext_lazy("Does not come"),
        lambda case, form, who: absences.report_absence(
            enrolment=case.enrolment, **form.cleaned_data, **who
        ),
        _form(AbsenceForm, "first_day", "last_day"),
    ),
    "absence-back": _row_act(
        gettext_lazy("Comes after all"),
        _back(absences.take_back_absence, "absence", Absence, "enrolment__child"),
        _of(Absence, "enrolment__child"),
    ),
    "place": Act(
        gettext_lazy("Days, zone, what staff should know"),
        lambda case, form, who: enrolling.change_place(
            enrolment=case.enrolment, place=form.place(), **who
        ),
        lambda case: PlaceChangeForm(case.sent, enrolment=case.enrolment, by=case.request.user),
        in_term=True,
    ),
    "accept": Act(
        gettext_lazy("Take the place that is offered"),
        lambda case, _form, who: enrolling.accept_place(enrolment=case.enrolment, **who),
        about=lambda case: case.enrolment.term,
        in_term=True,
        is_for=_is_offered,
    ),
    "leave": Act(
        gettext_lazy("Leave the term"),
        lambda case, _form, who: enrolling.leave_term(enrolment=case.enrolment, **who),
        about=lambda case: case.enrolment.term,
        in_term=True,
    ),
}


def _places_of(act: Act, places: list[Enrolment]) -> list[Enrolment | None]:
    return [*(places if act.in_term else places[:1])] or [None]


def acts_for(child: Resident) -> list[tuple[str, str | Promise, Enrolment | None]]:
    """What staff may do for a child that is not about one row, as the record shows it: kind, title
    and, where the child is in several terms, in which."""
    places = enrolments_of(child.pk, local_now())
    several = places if len(places) > 1 else []
    return [
        (kind, act.title, place if place in several and act.in_term else None)
        for kind, act in ACTS.items()
        for place in _places_of(act, places)
        if act.is_for(place)
    ]


@of_childs_record("for the family")
@in_one_transaction
def for_family(request: SignedInRequest, child: Resident, kind: str, pk: int = 0) -> HttpResponse:
    """One page for every act (`kind`), of a row (`pk`) where it is about one."""
    act, case = ACTS.get(kind), Case(request, child, pk)
    if act is None:
        raise Http404
    about, form = act.about(case), act.form and act.form(case)
    asked = AskedForm(case.sent, child=child, by_guardian=not act.alone)
    if case.sent and all([asked.is_valid(), form is None or form.is_valid()]):
        with refusals.in_form(form or asked):
            done = act.do(case, form, {"by": asked.on_behalf(request.user), "now": case.now})
            if isinstance(done, HttpResponse):
                return done
            messages.success(request, _("Done, and written down."))
            return redirect("after_school:record", child.pk)
    context = {"child": child, "act": act, "about": about, "form": form, "asked": asked}
    context["rights"] = guardians_of(child.pk)
    return render(request, "after_school/for_family.html", context)
