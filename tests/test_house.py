"""The repository agrees with itself."""

import ast
import importlib
import inspect
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pgtrigger
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Model, UniqueConstraint
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from django.utils.translation import gettext

from diedie_edu.accounts.access import HALF_WAY, PUBLIC, SIGNED_IN
from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import manifests, parts_of, programmes
from diedie_edu.notices.kinds import Kind

ROOT = Path(settings.BASE_DIR)
PROGRAMMES = ["residents_school", "after_school", "happy_square", "edu_base"]
LONGEST = 250  # lines of a file; tests may be a little longer
CITES = ("Plan ", "Facts ", "House rule", "PIPL ", "Law ", "DESIGN ", "GB ", "WCAG ")
WORDS_OF_THE_WORKSHOP = r"TO[D]O|FIX[M]E|XX[X]:|/home/\w+/|pypi\."


def tracked(*suffixes: str) -> list[Path]:
    """Files of ours; without git, whatever lies in our folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name.endswith(suffixes)]
    return [path for path in paths if path.exists()]


def our_apps() -> list[str]:
    names = [app.name for app in apps.get_app_configs()]
    return [name for name in names if name.startswith("diedie_edu.") or name in PROGRAMMES]


def our_models() -> list[type[Model]]:
    return [model for name in our_apps() for model in apps.get_app_config(label(name)).get_models()]


def label(app: str) -> str:
    return app.rpartition(".")[2]


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for row in resolver.url_patterns:
        if isinstance(row, URLPattern):
            yield row
        elif "admin" not in (row.app_name or ""):
            yield from patterns(row)


# --- Apps ------------------------------------------------------------------------------


def test_every_folder_with_an_app_is_installed() -> None:
    found = [path.parent for path in ROOT.glob("*/apps.py")]
    found += [path.parent for path in ROOT.glob("diedie_edu/*/apps.py")]
    names = {".".join(path.relative_to(ROOT).parts) for path in found}
    assert names == set(our_apps())
    assert set(PROGRAMMES) < names


def contracts() -> list[dict]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["importlinter"]["contracts"]


def test_the_floors_name_every_app() -> None:
    """Import Linter itself fails on a module that an exhaustive contract does not name."""
    floors = " : ".join(contracts()[0]["layers"]).replace("|", ":").split(" : ")
    assert sorted(name.strip() for name in floors) == sorted(our_apps())


def test_every_app_has_an_order_inside() -> None:
    """`common` has none: its modules are leaves."""
    bound = {name for row in contracts() for name in row.get("containers", [])}
    assert set(our_apps()) - bound == {"diedie_edu.common"}
    loose = [row["name"] for row in contracts() if "containers" in row and not row["exhaustive"]]
    assert loose == []


def test_every_folder_of_modules_is_a_package() -> None:
    """Import Linter passes over a folder without `__init__.py` in silence."""
    ours = {"diedie_edu", *PROGRAMMES, "tests"}
    folders = {path.parent for path in tracked(".py") if path.relative_to(ROOT).parts[0] in ours}
    assert {str(folder) for folder in folders if not (folder / "__init__.py").exists()} == set()


@pytest.mark.parametrize("app", our_apps())
def test_every_app_has_a_rule_book(app: str) -> None:
    book = ROOT / app.replace(".", "/") / "README.md"
    assert book.exists()
    assert book.read_text(encoding="utf-8").lower().startswith(f"# {label(app)}")


@pytest.mark.parametrize("app", our_apps())
def test_every_module_with_decisions_is_tested_beside_its_kind(app: str) -> None:
    """tests/<app>/ exists for every app that has something to say."""
    folder = ROOT / app.replace(".", "/")
    if any(list(folder.glob(f"{word}*")) for word in ("rules", "actions", "queries")):
        assert list((ROOT / "tests" / label(app)).rglob("test_*.py"))


def test_no_shared_room_knows_a_programme_by_name() -> None:
    """Installing it names it; all else is in its manifest."""
    names = re.compile("|".join([*PROGRAMMES, *programmes()]))
    shared = [path for path in tracked(".py") if path.is_relative_to(ROOT / "diedie_edu")]
    pages = [path for path in tracked(".html") if not set(PROGRAMMES) & set(path.parts)]
    known = [
        str(path.relative_to(ROOT))
        for path in [*shared, *pages]
        if not {"migrations", "tests"} & set(path.parts)
        and path.name != "settings.py"
        and names.search(path.read_text(encoding="utf-8"))
    ]
    assert known == []


def test_every_part_of_a_manifest_is_read() -> None:
    """A part that nobody asks for would be silent."""
    brought = {type(part).__name__ for manifest in manifests() for part in manifest.parts}
    rooms = [path for path in tracked(".py") if "tests" not in path.parts]
    text = "\n".join(path.read_text(encoding="utf-8") for path in rooms)
    read = r"(parts_of|parts_by|in_place|open_entries|rows_of|rows_of_both|links)\((\w+, )?\s*%s\b"
    assert {name for name in brought if not re.search(read % name, text)} == set()


# --- Doors -----------------------------------------------------------------------------


def test_every_view_of_ours_says_whom_it_is_for() -> None:
    marks = {PUBLIC, SIGNED_IN, HALF_WAY, *Permission}
    unmarked = [
        str(row.pattern)
        for row in patterns(get_resolver())
        if getattr(row.callback, "access", None) not in marks
    ]
    assert unmarked == []


def test_a_role_limited_to_a_programme_names_one_that_exists() -> None:
    named = {getattr(row.callback, "programme", None) for row in patterns(get_resolver())}
    assert named - {None} <= set(programmes())


def test_permissions_name_models_that_exist() -> None:
    named = {name.removeprefix("view:") for row in parts_of(AdminModels) for name in row.models}
    assert {name for name in named if not _is_model(name)} == set()


def _is_model(name: str) -> bool:
    app, _dot, model = name.partition(".")
    return model in apps.all_models[app]


# --- Rules and messages ----------------------------------------------------------------


def rule_modules() -> list[str]:
    names = []
    for app in our_apps():
        folder = ROOT / app.replace(".", "/")
        for path in [*folder.glob("rules.py"), *folder.glob("rules/*.py")]:
            parts = path.relative_to(ROOT).with_suffix("").parts
            names.append(".".join(parts).removesuffix(".__init__"))
    return names


@pytest.mark.parametrize("module", rule_modules())
def test_every_rule_says_where_it_comes_from(module: str) -> None:
    rules = inspect.getmembers(importlib.import_module(module), inspect.isfunction)
    silent = [
        name
        for name, rule in rules
        if rule.__module__ == module
        and name.startswith(("check_", "can_", "is_", "may_"))
        and not (inspect.getdoc(rule) or "").startswith(CITES)
    ]
    assert silent == []


@pytest.mark.parametrize("kind", parts_of(Kind), ids=lambda kind: kind.code)
def test_every_kind_of_message_has_texts_in_both_languages(kind: object) -> None:
    for english in map(str, (kind.title, kind.body, kind.sms)):
        with translation.override("zh-hans"):
            chinese = gettext(english)
        assert re.search(r"[\u4e00-\u9fff]", chinese), english
        assert holes(chinese) == holes(english)
        assert not re.search(r"[\u4e00-\u9fff]", english)


def holes(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))


# --- The plan --------------------------------------------------------------------------


def plan(app: str) -> dict:
    return json.loads((ROOT / app / "fixtures" / "plan.json").read_text(encoding="utf-8"))


def test_the_plans_numbers() -> None:
    posts = [name for app in PROGRAMMES for name in plan(app)["leads"]]
    assert (len(posts), len(set(posts))) == (15, 13)
    areas = plan("residents_school")["topic_areas"]
    assert [len(area["topics"]) for area in areas] == [4, 10, 7, 10]


def test_everything_is_free_of_charge() -> None:
    """Plan 四(一): no fee is asked, so there is nowhere to enter one. What colleges ask and what
    the programmes spend themselves is told by the education base and the budgets."""
    spends = {"edu_base", "office"}
    models = [model for model in our_models() if model._meta.app_label not in spends]
    columns = [field.name for model in models for field in model._meta.get_fields()]
    paid = re.compile(r"(^|_)(fee|price|cost|payment|charge)s?($|_)")
    assert [name for name in columns if paid.search(name)] == []


# --- Files -----------------------------------------------------------------------------


def test_no_file_is_too_long() -> None:
    ours = [path for path in tracked(".py", ".html") if "migrations" not in path.parts]
    long = {
        str(path.relative_to(ROOT)): number
        for path in ours
        if (number := len(path.read_text(encoding="utf-8").splitlines()))
        > LONGEST + 50 * ("tests" in path.parts)
    }
    assert long == {}


def test_nothing_speaks_of_the_workshop() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked(
            ".py", ".md", ".html", ".css", ".toml", ".json", ".po", ".yaml", ".lock"
        )
        if path != Path(__file__)
        for match in re.finditer(WORDS_OF_THE_WORKSHOP, path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_constraint_and_guard_is_tried_by_a_test() -> None:
    """By its name. A UNIQUE with the row's own key is what composite keys point at: it cannot
    fail."""
    tests = [path for path in tracked(".py") if "tests" in path.parts]
    text = "".join(path.read_text(encoding="utf-8") for path in tests)
    untried = []
    for model in our_models():
        guards = [row for row in getattr(model._meta, "triggers", []) if row.level == pgtrigger.Row]
        own = model._meta.pk.name
        keys = [
            row
            for row in model._meta.constraints
            if not (isinstance(row, UniqueConstraint) and own in row.fields)
        ]
        names = [getattr(row, "constraint", "") or row.name for row in [*keys, *guards]]
        untried += [name for name in names if name not in text]
    assert untried == []


@pytest.mark.django_db
def test_the_tables_follow_the_models() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def test_no_code_passes_a_guard_by() -> None:
    """Tests may, what seals anew, a back-up's rows as they were, a demonstration that goes; and the
    function that each guard asks whether it is passed by."""
    by = re.compile(r"pgtrigger\.ignore|(?:DIS|EN)ABLE TRIGGER|session_replication_role")
    ours = [path for path in tracked(".py") if "tests" not in path.relative_to(ROOT).parts]
    passed = {path.name for path in ours if by.search(path.read_text("utf-8"))}
    assert passed == {"resealing.py", "tables.py", "changes.py", "removing.py", "guards.py"}


def test_tests_are_plain_functions() -> None:
    classes = [
        f"{path.name}: {node.name}"
        for path in tracked(".py")
        if path.name.startswith("test_")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test")
    ]
    assert classes == []
