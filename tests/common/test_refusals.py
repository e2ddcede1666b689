import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from diedie_edu.common import refusals
from diedie_edu.common.errors import Refused, refusal_of


class Seats(forms.Form):
    seats = forms.IntegerField()


def full(field: str | None = None) -> None:
    raise Refused("full", "No seat is left.", field)


@pytest.fixture
def form() -> Seats:
    return Seats({"seats": "3"})


def test_a_refusal_is_said_on_the_next_page_and_ends_the_block():
    request = HttpRequest()
    request._messages = CookieStorage(request)
    done = False
    with refusals.as_message(request):
        full()
        done = True
    assert [(row.level_tag, str(row)) for row in get_messages(request)] == [
        ("error", "No seat is left.")
    ]
    assert not done


@pytest.mark.parametrize(
    ("field", "otherwise", "beside"),
    [("seats", None, "seats"), ("venue", None, "__all__"), (None, "seats", "seats")],
)
def test_a_refusal_stands_beside_its_field_or_above_the_form(form, field, otherwise, beside):
    with refusals.in_form(form, otherwise):
        full(field)
    assert form.errors == {beside: ["No seat is left."]}
    assert form.has_error(beside, "full")


def test_a_refusal_becomes_the_error_of_a_field():
    with pytest.raises(ValidationError) as raised, refusals.as_error():
        full()
    assert raised.value.code == "full"


def test_any_other_error_passes_through(form):
    for block in (refusals.as_error(), refusals.in_form(form)):
        with pytest.raises(ZeroDivisionError), block:
            _none = 1 / 0


def test_a_rule_is_asked_without_being_raised():
    refusal = refusal_of(full, "seats")
    assert refusal is not None
    assert (refusal.code, refusal.field) == ("full", "seats")
    assert refusal_of(lambda: None) is None
