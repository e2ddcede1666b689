"""The templates of all text messages, for whoever files them with a provider."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from diedie_edu.notices.models import Provider
from diedie_edu.notices.queries.templates import STATES, Filed, all_filed, provider_shown, signature

HEAD = """\
签名 signature: 【{signature}】

| 模板 template | 类型 sort | 内容 text | 变量最长 longest variables | 最长字数 signs \
| 计几条 counts as | 编号 code | 状态 state |
|---|---|---|---|---|---|---|---|"""


class Command(BaseCommand):
    help = (
        "Writes a table (Markdown) of the templates of all text messages, in both languages, and "
        "what a provider has approved of them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--provider",
            choices=Provider.values,
            default=provider_shown().value,
            help="whose way of writing variables, and whose codes; that of SMS_BACKEND if left out",
        )

    def handle(self, *, provider: str, **options: object) -> None:
        self.stdout.write(HEAD.format(signature=signature()))
        for filed in all_filed(Provider(provider)):
            self.stdout.write(_row(filed))


def _row(filed: Filed) -> str:
    lengths = ", ".join(f"{name} {length}" for name, _value, length in filed.variables)
    cells = [
        filed.name,
        _("code") if filed.is_code else _("notice"),
        filed.wording,
        lengths,
        filed.length,
        filed.segments,
        filed.approved.code if filed.approved else "",
        STATES[filed.state],
    ]
    return "| " + " | ".join(map(str, cells)) + " |"
