"""All of a back-up, into an empty database or in the place of what is there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from diedie_edu.common.errors import Refused
from diedie_edu.keeping.actions.ending_list import list_path, listed, listed_here
from diedie_edu.keeping.actions.restoring import Restored, restore
from diedie_edu.keeping.actions.sealing import key_of
from diedie_edu.keeping.models import Ending

ASKED = "全部现有数据将被替换。继续请输入 replace  All there is will be replaced. Type replace: "
NO_LIST = (
    "没有找到终止清单 {path}。没有它，备份之后的删除、撤回、停用都会失效。用 --endings 指明清单，"
    "确实没有再用 --without-endings。 There is no list of endings: without it whatever was erased, "
    "withdrawn or taken since the back-up comes back. Name the list by --endings; where there is "
    "none, say --without-endings."
)


class Command(BaseCommand):
    help = (
        "Bring back a file of back_up, all of it or nothing, and end anew what ended since. Stop "
        "web, worker and beat first (docs/operate.md). "
        "恢复备份，并让之后的删除、撤回、停用重新生效。"
    )
    # A database that cannot be served is just what is brought back here.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="in the place of what is there")
        parser.add_argument("--no-input", action="store_true", help="do not ask")
        parser.add_argument("--endings", type=Path, help="the list of endings, if not ENDINGS_FILE")
        parser.add_argument("--without-endings", action="store_true", help="there is no list")

    def handle(self, *args: Any, file: Path, replace: bool, no_input: bool, **options: Any) -> None:
        rows = [] if options["without_endings"] else self._rows(options["endings"])
        if replace and not no_input and input(ASKED) != "replace":
            raise CommandError("没有改动。 Nothing was changed.")
        try:
            key = key_of(settings.BACKUP_KEY)
            now, tell = timezone.now(), self.stdout.write
            done = restore(path=file, key=key, replace=replace, listed=rows, now=now, tell=tell)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self._say(done)

    def _rows(self, path: Path | None) -> list[Ending]:
        try:
            return list(listed(path) if path else listed_here())
        except OSError:
            raise CommandError(NO_LIST.format(path=path or list_path())) from None

    def _say(self, done: Restored) -> None:
        self.stdout.write(f"{done.made_at:%Y-%m-%d %H:%M}: {done.rows} rows, {done.files} files")
        for kind, number in sorted(done.ended.counts.items()):
            self.stdout.write(f"ended anew: {kind} {number}")
        for kind, number, why in done.ended.left:
            self.stderr.write(f"not ended anew, see to it by hand: {kind} {number} ({why})")
