"""A column whose texts lie encrypted in the database: what staff must know of a child."""

from typing import Any

from django.db import models

from diedie_edu.common.crypto import seal, unseal

TOKEN = "gAAAA"  # how every token begins


class SealedTextField(models.TextField):
    """Read and written in the clear, stored as a token of `common.crypto`; empty stays empty.

    The database takes nothing but tokens, so no way in leaves a readable text. It cannot be
    searched, and `filter()` on it finds nothing but empty ones.
    """

    def from_db_value(self, value: str | None, *_more: Any) -> str | None:
        return unseal(value) if value else value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        plain = super().get_db_prep_save(value, connection)
        return seal(plain) if isinstance(plain, str) and plain else plain

    def db_check(self, connection: Any) -> str:
        column = connection.ops.quote_name(self.column)
        return f"{column} = '' OR {column} LIKE '{TOKEN}%%'"
