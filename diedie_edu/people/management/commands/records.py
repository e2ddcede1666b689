"""The record of processing that PIPL art. 55 and 56 ask for, from what the models declare."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db.models import Model
from django.utils.translation import override

from diedie_edu.accounts.models import User
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.references import Fate, Loose, On, keys_to
from diedie_edu.common.sealed import SealedTextField
from diedie_edu.people.models import Resident

FATES = {
    Fate.DELETE: ("删除", "deleted"),
    Fate.EMPTY: ("保留，不再指向本人", "stays, and names nobody"),
    Fate.KEEP: ("只留编号", "keeps the number of an empty row"),
    Fate.REFUSE: ("先办结，再删除", "is settled first"),
}
HEAD = """# 个人信息处理记录 Records of processing

由 `python manage.py records` 按程序里的声明生成，有测试核对，请勿手改。

Written by `python manage.py records` from what the models declare; a test compares it. Do not
edit it.

每一行是一张与某个人有关的表：指向本人的字段，其中加密保存的字段，以及本人要求删除之后怎样处理。

Each line is a table that says something of a person: the column that names them, the columns that
lie sealed, and what becomes of its rows once the person is erased.

| 表 table | 指向本人 names by | 加密字段 sealed | 本人删除后 once erased |
|---|---|---|---|
"""


class Command(BaseCommand):
    help = "Print docs/records.md: which tables say something of a person, and until when."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(written(), ending="")


def written() -> str:
    return HEAD + "".join(f"{line}\n" for line in sorted(_lines()))


def _lines() -> Iterator[str]:
    for whom in (Resident, User):
        for key in keys_to(whom):
            on = key.remote_field.on_delete
            if isinstance(on, On):
                yield _line(key.model, key, on)
    for loose in parts_of(Loose):
        model = apps.get_model(loose.model)
        yield _line(model, model._meta.get_field(loose.column.partition("__")[0]), loose.on)


def _line(model: type[Model], names: Any, on: On) -> str:
    sealed = [one for one in model._meta.concrete_fields if isinstance(one, SealedTextField)]
    cells = [
        f"{_both(model._meta.verbose_name)} `{model._meta.label}`",
        f"{_both(names.verbose_name)} `{names.name}`",
        "、".join(f"{_both(one.verbose_name)} `{one.name}`" for one in sealed) or "—",
        " ".join(FATES[on.erased]),
    ]
    return f"| {' | '.join(cells)} |"


def _both(words: Any) -> str:
    said = []
    for language in ("zh-hans", "en"):
        with override(language):
            said.append(str(words))
    return said[0] if said[0] == said[1] else f"{said[0]} {said[1]}"
