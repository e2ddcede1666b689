"""Sealing of short texts at rest, and keyed hashes that find equal ones without opening them.

Rotation. FIELD_KEYS: put the new key first and keep the old ones behind it; old tokens open
as before. SECRET_KEY: move the old key to SECRET_KEY_FALLBACKS; `hash_matches` goes on
accepting hashes made with it. Before an old key goes, `manage.py reseal` writes all anew
(`common.resealing`).
"""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac


def seal(text: str) -> str:
    """An encrypted token of `text`, different each time; the first of FIELD_KEYS seals."""
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """The text inside a token.

    Raises `cryptography.fernet.InvalidToken` where none of FIELD_KEYS opens it or it was
    tampered with: never take the token itself for the text.
    """
    return _fernet(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()


def is_of_first_key(token: str) -> bool:
    """Whether the key that seals today sealed this. Raises as `unseal` does."""
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(token.encode())
    except InvalidToken:
        unseal(token)
        return False
    return True


def keyed_hash(text: str, purpose: str) -> str:
    """HMAC-SHA256 of `text` as 64 hex digits, under a key of this `purpose` alone.

    Equal texts of one purpose have equal hashes; without SECRET_KEY nobody can try out
    which phone or number a hash belongs to.
    """
    return _hash(text, purpose, settings.SECRET_KEY)


def keyed_hashes(text: str, purpose: str) -> list[str]:
    """The keyed hashes of `text` under the present and the former keys, for looking a row up."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_hash(text, purpose, key) for key in keys]


def hash_matches(text: str, digest: str, purpose: str) -> bool:
    """Whether `digest` is the keyed hash of `text`, under the present or a former key."""
    return any(constant_time_compare(row, digest) for row in keyed_hashes(text, purpose))


def _hash(text: str, purpose: str, key: str) -> str:
    salt = f"diedie_edu.common.crypto:{purpose}:"
    return salted_hmac(salt, text, secret=key, algorithm="sha256").hexdigest()


@lru_cache(maxsize=8)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
