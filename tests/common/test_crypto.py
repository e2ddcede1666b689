import pytest
from cryptography.fernet import Fernet, InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from diedie_edu.common.crypto import hash_matches, keyed_hash, keyed_hashes, seal, unseal


@given(st.text())
def test_what_was_sealed_can_be_opened(text):
    assert unseal(seal(text)) == text


def test_a_token_hides_equality():
    assert seal("123456") != seal("123456")


def test_old_tokens_open_after_a_new_key_was_put_in_front(settings):
    old_token = seal("123456")
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]

    assert unseal(old_token) == "123456"
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    with pytest.raises(InvalidToken):
        unseal(old_token)


def test_a_tampered_token_does_not_open():
    token = seal("123456")

    with pytest.raises(InvalidToken):
        unseal(token[:-4] + "AAA=")


def test_a_hash_is_the_same_each_time_and_fits_64_characters():
    assert keyed_hash("13812345678", "phone") == keyed_hash("13812345678", "phone")
    assert len(keyed_hash("13812345678", "phone")) == 64


def test_purposes_do_not_share_hashes():
    assert keyed_hash("123456", "code") != keyed_hash("123456", "phone")


def test_a_hash_needs_the_secret_key(settings):
    before = keyed_hash("123456", "code")
    settings.SECRET_KEY = "another key of fifty characters or more, quite another one"

    assert keyed_hash("123456", "code") != before


def test_hashes_go_on_matching_while_the_former_key_is_kept(settings):
    digest = keyed_hash("123456", "code")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of fifty characters or more, quite another one"

    assert hash_matches("123456", digest, "code")
    assert not hash_matches("123457", digest, "code")
    settings.SECRET_KEY_FALLBACKS = []
    assert not hash_matches("123456", digest, "code")


def test_rows_are_found_by_the_hashes_of_former_keys_too(settings):
    old = keyed_hash("13812345678", "phone")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key " * 6
    assert keyed_hashes("13812345678", "phone") == [keyed_hash("13812345678", "phone"), old]
