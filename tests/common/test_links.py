from hypothesis import given
from hypothesis import strategies as st

from diedie_edu.common.crypto import keyed_hash
from diedie_edu.common.links import numbers_in, token

NUMBERS = st.lists(st.integers(min_value=0, max_value=2**59), min_size=1, max_size=3)


@given(NUMBERS)
def test_a_token_gives_back_its_numbers(numbers):
    assert numbers_in(token("sign_up", *numbers), "sign_up") == tuple(numbers)


def test_a_token_of_another_purpose_says_nothing():
    assert numbers_in(token("sign_up", 7), "feedback") is None


def test_another_number_needs_another_signature():
    own = token("sign_up", 7)

    assert numbers_in(own.replace("7-", "8-", 1), "sign_up") is None
    assert numbers_in(f"1-{own}", "sign_up") is None


def test_leading_zeros_are_another_text():
    assert numbers_in("0" + token("sign_up", 7), "sign_up") is None


def test_what_is_no_token_is_refused_whatever_it_holds():
    for text in ("", "7", "7-", "７-" + "a" * 24, token("sign_up", 7) + "\n", "7-" + "é" * 24):
        assert numbers_in(text, "sign_up") is None


def test_a_bare_hash_of_ours_is_no_link():
    assert numbers_in("7-" + keyed_hash("7-", "sign_up")[:24], "sign_up") is None


def test_links_outlive_a_change_of_the_key(settings):
    sent = token("sign_up", 7)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "k" * 50

    assert numbers_in(sent, "sign_up") == (7,)
    settings.SECRET_KEY_FALLBACKS = []
    assert numbers_in(sent, "sign_up") is None
