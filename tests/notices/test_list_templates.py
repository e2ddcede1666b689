"""What is filed with a provider of text messages."""

import io

from django.core.management import call_command
from django.utils.translation import override
from pytest_django import Settings

from diedie_edu.common.manifests import parts_of
from diedie_edu.notices.kinds import Kind
from diedie_edu.notices.named import named


def filed(language: str) -> int:
    """How many: one for each kind, and one that names whom it is for where there is room."""
    with override(language):
        return len({one.code for kind in parts_of(Kind) for one in (kind, named(kind))})


def test_the_table_has_every_template_in_both_languages(settings: Settings) -> None:
    settings.PORTAL_URL = "https://edu.example"
    settings.SMS_TEMPLATES = {"activities.seated.zh-hans": "SMS_1"}
    out = io.StringIO()
    call_command("list_templates", stdout=out)
    signatures, _empty, _head, _line, *rows = out.getvalue().splitlines()

    assert "【叠二社区】 [Die'er]" in signatures
    assert len(rows) == filed("zh-hans") + filed("en")
    (seated,) = (row for row in rows if row.startswith("| SMS_1 |"))
    assert seated.startswith("| SMS_1 | 报名成功：${title}，${starts_at}，${venue}，")
    assert "https://edu.example/m/${key} |" in seated
    assert seated.endswith("| title 20, starts_at 15, venue 12, key 22 | 2 |")
