"""Another community starts with its own plan and no code is touched: its name everywhere, and that
of the community the code was first written for nowhere."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from diedie_edu.accounts.access import PUBLIC
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.manifests import parts_of
from diedie_edu.community import known
from diedie_edu.community.models import Community
from diedie_edu.notices.kinds import Kind, signed
from diedie_edu.people.models import Topic
from diedie_edu.portal.base_data import load_plan
from diedie_edu.programmes.models import Lead, Programme

ROOT = Path(project.BASE_DIR)
YUNXI = Path(__file__).parent / "yunxi"
FIRST = re.compile(r"叠二|die[\u2019']er", re.IGNORECASE)
# Data of that community, and what tells of it: its plan, its documents, whose work this is.
DATA = ("fixtures", "docs", "tests", "findings", "var")
SAID_OF_IT = {"README.md", "LICENSE", "CHANGELOG.md"}


@pytest.fixture
def yunxi(db: None, settings: Any) -> None:
    settings.PLAN_FOLDER = str(YUNXI)
    settings.DEMO = False  # nothing of a demonstration
    known.forget()
    load_plan()


@pytest.mark.usefixtures("yunxi")
def test_its_own_plan_is_loaded_and_nothing_else() -> None:
    assert Community.objects.get().title_zh == "云溪社区"
    assert [row.title_zh for row in Topic.objects.order_by("pk")] == ["果树", "堆肥"]
    names = set(Lead.objects.values_list("full_name", flat=True))
    assert names == {"梅子黄", "苗谷雨", "田小满"}
    assert Programme.objects.get(slug="residents-school").title_zh == "街坊学堂"


def addresses(access: object) -> list[str]:
    """Pages without a number in their address."""

    def walk(resolver: URLResolver, before: str) -> Any:
        for row in resolver.url_patterns:
            here = before + str(row.pattern)
            if isinstance(row, URLPattern):
                yield here, row.callback
            elif "admin" not in (row.app_name or ""):
                yield from walk(row, here)

    found = walk(get_resolver(), "/")
    plain = (one for one in found if not re.search(r"[<(^$\\]", one[0]))
    return [url for url, view in plain if access == getattr(view, "access", None)]


def walked(browser: Client, urls: list[str]) -> tuple[int, list[str]]:
    """How many pages were shown, and those that name the other community."""
    shown, wrong = 0, []
    for url in urls:
        answer = browser.get(url)
        if answer.status_code == 200:
            shown += 1
            text = b"".join(answer).decode("utf-8", "ignore")
            if FIRST.search(text):
                wrong.append(url)
    return shown, wrong


@pytest.mark.usefixtures("yunxi", "clock")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_of_visitors_names_another(client: Client, language: str) -> None:
    client.cookies[project.LANGUAGE_COOKIE_NAME] = language
    shown, wrong = walked(client, addresses(PUBLIC))
    assert wrong == []
    assert shown > 20
    assert ("云溪社区学堂" if language != "en" else "Yunxi Community Learning") in (
        client.get("/").content.decode()
    )


@pytest.mark.usefixtures("yunxi", "clock")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_of_staff_names_another(
    make_user: Callable[..., User], as_user: Callable[[User], Client], language: str
) -> None:
    browser = as_user(make_user(is_superuser=True))
    browser.cookies[project.LANGUAGE_COOKIE_NAME] = language
    urls = [url for permission in Permission for url in addresses(permission)]
    shown, wrong = walked(browser, [*urls, "/admin/"])
    assert wrong == []
    assert shown > 40


@pytest.mark.usefixtures("yunxi")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_text_message_is_signed_by_it(language: str) -> None:
    with override(language):
        texts = [signed(kind.wording()) for kind in parts_of(Kind)]
    sign = "【云溪】" if language != "en" else "[Yunxi] "
    assert all(text.startswith(sign) for text in texts)
    assert [text for text in texts if FIRST.search(text)] == []


def test_no_code_page_word_or_picture_names_a_community() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    ours = [name for name in listed if name and not set(DATA) & set(Path(name).parts)]
    suffixes = (".py", ".html", ".po", ".css", ".js", ".svg", ".toml", ".json", ".yaml", ".md")
    texts = [ROOT / name for name in ours if name.endswith(suffixes) and name not in SAID_OF_IT]
    naming = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in texts
        if path.exists()
        for line in path.read_text(encoding="utf-8").splitlines()
        if FIRST.search(line)
    ]
    assert naming == []


# --- A plan that is not as it should be ------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("plan.json", '"places": 40', '"places": "40"', "line 18: venues.1.places: expected a num"),
        ("plan.json", '"short_zh": "云溪",', "", "line 2: community: “short_zh” is missing"),
        ("plan.json", '"title": "园艺协会",', '"titel": "园艺协会",', "titel: is not known here"),
        ("plan.json", '"short_zh": "云溪",', '"short_zh": "云溪"', "line 6: Expecting ','"),
        ("edu-base/plan.json", '"households"', '"housholds"', "known are: households, dream"),
        ("residents-school/plan.json", '"plan"', '"planning"', "line 10: responsibilities.1.work"),
        ("residents-school/plan.json", '"街坊学堂"', '""', "line 2: title_zh: must not be empty"),
    ],
)
@pytest.mark.django_db
def test_a_fault_is_named_by_file_line_and_field(
    tmp_path: Path, settings: Any, file: str, old: str, new: str, said: str
) -> None:
    folder = copytree(YUNXI, tmp_path / "plan")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    settings.PLAN_FOLDER = str(folder)
    with pytest.raises(CommandError) as no:
        call_command("load_plan")
    assert f"{folder / file}, line" in str(no.value)
    assert said in str(no.value)
    assert not Programme.objects.exists()
    assert not Community.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_missing_is_named(tmp_path: Path, settings: Any) -> None:
    folder = copytree(YUNXI, tmp_path / "plan")
    (folder / "happy-square" / "plan.json").unlink()
    settings.PLAN_FOLDER = str(folder)
    with pytest.raises(CommandError, match=r"happy-square/plan\.json: this file is missing"):
        call_command("load_plan")


def test_the_plans_that_come_with_the_code_are_json() -> None:
    files = [*ROOT.glob("*/fixtures/plan.json"), ROOT / "fixtures" / "plan.json"]
    assert len(files) == 5
    assert all(json.loads(path.read_text(encoding="utf-8")) for path in files)
