"""Fields by which people are chosen: rows that read alike are told apart, and where there are many
they are found by words, with or without scripts."""

from collections.abc import Collection
from functools import cached_property
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue
from django.forms.utils import ErrorDict

from diedie_edu.accounts.models import User
from diedie_edu.common import alike
from diedie_edu.common.characters import looked_for
from diedie_edu.common.days import local_day, local_now
from diedie_edu.people.models import Resident
from diedie_edu.people.queries.finding import matching
from diedie_edu.people.rules.alike import facts

AT_ONCE = 4  # as many as somebody looks through
WORDS, FOUND, FIND = "-words", "-found", "find"


class ToldApart(ModelChoiceIterator):
    """Choices whose labels read alike say what tells their people apart. The field says by `who`
    which person a row is about (empty where the row is one), and whether facts of theirs may be
    told, or the number of the row alone."""

    field: "AmongPeople"

    def __iter__(self) -> Any:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        rows = self.field.offered
        labels = {row.pk: str(self.field.label_from_instance(row)) for row in rows}
        apart = alike.told_apart(rows, lambda row: labels[row.pk], self._facts())
        for row in rows:
            label = alike.SAID.join(filter(None, [labels[row.pk], apart.get(row.pk)]))
            yield ModelChoiceIteratorValue(self.field.prepare_value(row), row), label

    def _facts(self) -> list[alike.Fact]:
        known = facts(local_day(local_now())) if self.field.tells_by_facts else []
        return [lambda row, fact=fact: fact(_who(row, self.field.who)) for fact in known]  # type: ignore[misc]


def _who(row: Any, path: str) -> Any:
    return attrgetter(path)(row) if path else row


class AmongPeople(forms.ModelChoiceField):
    """In a form that `FindsPeople` the first AT_ONCE are offered, and whoever is chosen already;
    others are found by words. Whoever may be chosen is the same either way."""

    iterator = ToldApart
    who = ""
    tells_by_facts = True
    at_once = AT_ONCE
    is_searched = False
    words = ""
    chosen: Collection[Any] = ()

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        bound = super().get_bound_field(form, field_name)
        self.is_searched = isinstance(form, FindsPeople)
        if self.is_searched and form.is_bound:
            self.words = looked_for(form.data.get(bound.html_name + WORDS, ""))
        chosen = bound.value() or []
        chosen = chosen if isinstance(chosen, (list, tuple)) else [chosen]
        self.chosen = [value for value in chosen if str(value).isdecimal()]
        return bound

    @cached_property
    def offered(self) -> list[Any]:
        """The rows of the choices, in the order of the queryset; where some are left out, whoever
        is chosen stands first."""
        if not self.is_searched:
            return list(self._all)
        if not self.is_long:
            return self._first
        chosen = list(self._all.filter(pk__in=self.chosen)) if self.chosen else []
        return [*chosen, *(row for row in self._first[:AT_ONCE] if row not in chosen)]

    @cached_property
    def is_long(self) -> bool:
        """Whether somebody has to be found by words."""
        return self.is_searched and (bool(self.words) or len(self._first) > AT_ONCE)

    @property
    def number_found(self) -> int:
        """By the words; one more than AT_ONCE stands for all that are more."""
        return len(self._first)

    @cached_property
    def _first(self) -> list[Any]:
        rows = self._all.filter(self._meant()) if self.words else self._all
        return list(rows[: AT_ONCE + 1])

    @property
    def _all(self) -> QuerySet[Any]:
        assert self.queryset is not None
        return self.queryset

    def _meant(self) -> Q:
        people = matching(Resident.objects.order_by(), self.words).values("pk")
        if self._all.model is User:
            return Q(resident__in=people) | Q(display_name__contains=self.words)
        return Q(**{f"{self.who or 'pk'}__in": people})


class PersonField(AmongPeople):
    """One person or account, or a row about one."""


class PeopleField(AmongPeople, forms.ModelMultipleChoiceField):
    """Several of them."""


class FindsPeople(forms.Form):
    """A form whose people are found by words: what is sent to find somebody is not valid and
    saves nothing, what was typed stays, and nothing else is complained of yet."""

    def full_clean(self) -> None:
        if self.is_bound and self.is_looking:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        return not (self.is_bound and self.is_looking) and super().is_valid()

    @property
    def is_looking(self) -> bool:
        """By its button, or by Enter behind other words than those of the choices on the page."""
        names = [self.add_prefix(name) for name in self.fields]
        asked = {name: self.data.get(name + WORDS, "") for name in names}
        return self.data.get(FIND) in names or any(
            words != self.data.get(name + FOUND, "") for name, words in asked.items()
        )
