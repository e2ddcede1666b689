"""Everything in one file, beside the running portal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from diedie_edu.common.errors import Refused
from diedie_edu.keeping.actions.saving import back_up
from diedie_edu.keeping.actions.sealing import key_of


class Command(BaseCommand):
    help = (
        "Write the database and all files into one file under BACKUP_KEY. The portal may go on "
        "running. 把数据库和所有文件加密写入一个文件，不必停止门户。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, verbosity: int, **options: Any) -> None:
        try:
            key = key_of(settings.BACKUP_KEY)
            size = back_up(path=file, key=key, now=timezone.now(), tell=self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self.stdout.write(f"{file}: {size} bytes")
