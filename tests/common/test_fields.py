import pytest
from django import forms
from django.utils import translation

from diedie_edu.common.fields import NameField, PhoneField


class CardForm(forms.Form):
    full_name = NameField()
    phone = PhoneField(required=False)


def test_the_form_holds_canonical_values():
    form = CardForm({"full_name": " 王　芳 ", "phone": "+86 138 1234 5678"})

    assert form.is_valid()
    assert form.cleaned_data == {"full_name": "王芳", "phone": "13812345678"}


def test_a_phone_may_be_left_out_where_it_is_not_required():
    form = CardForm({"full_name": "王芳", "phone": "  "})

    assert form.is_valid()
    assert form.cleaned_data["phone"] == ""


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [("phone", "81234567", "phone_area_code"), ("full_name", "王", "name_length")],
)
def test_a_refusal_stands_beside_its_field(field, typed, code):
    form = CardForm({"full_name": "王芳", field: typed})

    assert form.errors.as_data()[field][0].code == code


def test_a_refusal_is_in_the_readers_language():
    form = CardForm({"full_name": "王", "phone": ""})

    with translation.override("en"):
        assert form.errors["full_name"] == ["Enter the full name, 2 to 50 characters."]


def test_a_phone_brings_up_the_keyboard_with_digits():
    html = str(CardForm()["phone"])

    assert 'type="tel"' in html
    assert 'inputmode="tel"' in html
    assert 'autocomplete="tel"' in html
