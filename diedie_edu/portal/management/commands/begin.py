import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from diedie_edu.accounts.queries import has_begun
from diedie_edu.common.days import local_now
from diedie_edu.portal.base_data import load_plan
from diedie_edu.portal.beginning import terminal
from diedie_edu.portal.beginning.forms import AdministratorForm
from diedie_edu.programmes.plan_shape import PlanFault

DONE = """\
开始好了。请登录，接着一步一步来：{address}
It has begun. Sign in and go on, step by step: {address}"""

COMMUNITY = "社区资料 The community：直接回车保留方括号里的 Enter keeps what stands in brackets"
ADMINISTRATOR = """\
第一位管理员 The first administrator：密码可以不填，用验证码登录
Without a password they sign in by a code."""


class Command(BaseCommand):
    help = (
        "Begin a portal: its community and its first administrator. The rest goes by the browser."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, help="answers as TOML, for a machine (docs/deploy.md)"
        )

    def handle(self, *args: Any, file: Path | None, **options: object) -> None:
        if has_begun():
            raise CommandError("This portal has begun: somebody keeps its accounts already.")
        if file is None and not sys.stdin.isatty():
            raise CommandError("Nobody is there to be asked. Give the answers by --file.")
        try:
            load_plan()
            told = terminal.read(file) if file else self._asked()
            terminal.keep(told, local_now())
        except (terminal.NotAccepted, PlanFault) as no:
            raise CommandError(str(no)) from None
        address = f"{settings.PORTAL_URL}/begin/"
        self.stdout.write(self.style.SUCCESS(DONE.format(address=address)))

    def _asked(self) -> terminal.Told:
        say = self.stdout.write
        say(COMMUNITY)
        community = terminal.asked(terminal.community_asked, _read, say)
        say(ADMINISTRATOR)
        return {
            "community": community,
            "administrator": terminal.asked(AdministratorForm, _read, say),
        }


def _read(question: str, is_secret: bool) -> str:
    return (getpass(question) if is_secret else input(question)).strip()
