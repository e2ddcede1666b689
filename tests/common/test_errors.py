import pickle

from django.utils import translation
from django.utils.translation import gettext_lazy

from diedie_edu.common.errors import Refused


def test_a_refusal_speaks_the_language_of_its_reader():
    refusal = Refused("phone_empty", gettext_lazy("Enter a phone number."), "phone")

    with translation.override("en"):
        english = str(refusal)
    with translation.override("zh-hans"):
        chinese = str(refusal)

    assert (english, chinese) == ("Enter a phone number.", "请填写电话号码。")


def test_a_refusal_carries_code_and_field_through_a_queue():
    refusal = pickle.loads(pickle.dumps(Refused("full", "No seat is left.", "seats")))

    assert (refusal.code, str(refusal), refusal.field) == ("full", "No seat is left.", "seats")


def test_a_refusal_of_no_field_names_none():
    assert Refused("full", "No seat is left.").field is None
