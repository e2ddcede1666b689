"""All of a back-up, into an empty database or in the place of what is there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from diedie_edu.common.errors import Refused
from diedie_edu.keeping.actions.restoring import restore
from diedie_edu.keeping.actions.sealing import key_of

ASKED = "全部现有数据将被替换。继续请输入 replace  All there is will be replaced. Type replace: "


class Command(BaseCommand):
    help = (
        "Bring back a file of back_up: all of it or nothing. Stop web, worker and beat first "
        "(docs/operate.md). 恢复备份：全部恢复，或什么都不动。先停止网站和后台任务。"
    )
    # A database that cannot be served is just what is brought back here.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="in the place of what is there")
        parser.add_argument("--no-input", action="store_true", help="do not ask")

    def handle(self, *args: Any, file: Path, replace: bool, no_input: bool, **options: Any) -> None:
        if replace and not no_input and input(ASKED) != "replace":
            raise CommandError("没有改动。 Nothing was changed.")
        try:
            key = key_of(settings.BACKUP_KEY)
            found = restore(path=file, key=key, replace=replace, tell=self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self.stdout.write(f"{found.made_at:%Y-%m-%d %H:%M}: {found.rows} rows, {found.files} files")
