"""A column whose texts lie encrypted in the database: what staff must know of a child."""

import json
import logging
from typing import Any

from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, gettext_lazy, override

from diedie_edu.common.crypto import seal, unseal
from diedie_edu.common.errors import Refused

TOKEN = "gAAAA"  # how every token begins
CLOSED = gettext_lazy("(cannot be read: its key is missing)")
logger = logging.getLogger(__name__)


class Unreadable(str):
    """The words in the place of a text that none of FIELD_KEYS opens; it keeps its token, so that
    saving the row loses nothing."""

    token: str

    @classmethod
    def of(cls, token: str) -> "Unreadable":
        words = cls(gettext(str(CLOSED)))
        words.token = token
        return words


class SealedTextField(models.TextField):
    """Read and written in the clear, stored as a token of `common.crypto`; empty stays empty.

    The database takes nothing but tokens, so no way in leaves a readable text. It cannot be
    searched, and `filter()` on it finds nothing but empty ones. Without its key a text is read as
    `Unreadable`, and what a page sends back of that is refused (`unreadable`).
    """

    def from_db_value(self, value: str | None, *_more: Any) -> str | None:
        if not value:
            return value
        try:
            return unseal(value)
        except InvalidToken:
            logger.error("%s: no key of FIELD_KEYS opens a text of this column", self)
            return Unreadable.of(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, Unreadable):
            return value.token
        plain = super().get_db_prep_save(value, connection)
        if not isinstance(plain, str) or not plain:
            return plain
        if is_closed(plain):
            raise _unreadable()
        return seal(plain)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, Unreadable) and is_closed(value):
            refusal = _unreadable()
            raise ValidationError(str(refusal), refusal.code)

    def db_check(self, connection: Any) -> str:
        column = connection.ops.quote_name(self.column)
        return f"{column} = '' OR {column} LIKE '{TOKEN}%%'"


def is_closed(text: str) -> bool:
    """Whether a text is nothing but the words for one that cannot be read."""
    for language in ("zh-hans", "en"):
        with override(language):
            if text == gettext(str(CLOSED)):
                return True
    return False


def content_of(text: str) -> Any:
    """What a sealed column holds as JSON. Raises `Refused` (`unreadable`) without its key."""
    if is_closed(text):
        raise _unreadable()
    return json.loads(text)


def _unreadable() -> Refused:
    return Refused(
        "unreadable",
        gettext_lazy(
            "This text cannot be read, because its key is missing. Please tell who runs the portal "
            "to put the former key behind FIELD_KEYS; until then it is kept as it is."
        ),
    )
