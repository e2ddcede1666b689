from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from diedie_edu.portal.demo.accounts import PASSWORD, sign_ins


class Command(BaseCommand):
    help = "Print the demo sign-ins of each role."

    def handle(self, *args: Any, **options: object) -> None:
        with translation.override("zh-hans"):
            for row in sign_ins():
                self.stdout.write(f"  {row.phone}  {PASSWORD}  {row.role.label}：{row.what}")
