"""The templates of all text messages, for whoever files them with a provider."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.kinds import Kind, signed
from diedie_edu.notices.named import named
from diedie_edu.notices.text_messages import segments, units

HEAD = """\
签名 signatures: {signatures}

| 模板 template | 内容 text | 变量最长 longest variables | 最长计几条 longest counts as |
|---|---|---|---|"""


class Command(BaseCommand):
    help = "Writes a table (Markdown) of the templates of all text messages, in both languages."

    def handle(self, **options: object) -> None:
        languages = [language for language, _name in settings.LANGUAGES]
        self.stdout.write(HEAD.format(signatures=" ".join(map(_signature, languages))))
        for language in languages:
            with override(language):
                for kind in parts_of(Kind):
                    for one in {found.code: found for found in (kind, named(kind))}.values():
                        self.stdout.write(_row(one, language))


def _signature(language: str) -> str:
    with override(language):
        return signed("").strip()


def _row(kind: Kind, language: str) -> str:
    longest = kind.longest()
    text = kind.wording().format_map({name: f"${{{name}}}" for name in longest})
    lengths = ", ".join(f"{name} {units(value)}" for name, value in longest.items())
    counted = segments(signed(kind.wording().format_map(longest)))
    return f"| {kind.template(language)} | {text} | {lengths} | {counted} |"
