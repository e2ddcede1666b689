"""Modules of the house are imported with switches in place of their guards; templates too."""

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

from tests.guards.state import GUARDS
from tests.guards.switches import Site, switched

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
PACKAGES = ["diedie_edu", "residents_school", "after_school", "happy_square", "edu_base"]
NO_GUARDS = {"migrations", "demo", "local"}
MASK_IN_TEMPLATE = re.compile(r"\|(masked_phone|covered_name|partly_covered)\b")


def sources() -> Iterator[tuple[str, Path]]:
    """Name and file of each module that may hold a guard."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if not NO_GUARDS & set(parts):
                yield ".".join(part for part in parts if part != "__init__"), path


@cache
def sites() -> list[Site]:
    """All guards in the source and in the templates."""
    found = [site for name, path in sources() for site in switched(name, path.read_text())[1]]
    return found + [site for path in sorted(TEMPLATES.rglob("*.html")) for site in masks_in(path)]


class Switched(SourceFileLoader):
    """Imports a module with its switches; nothing of it is kept as compiled."""

    def get_code(self, fullname: str) -> CodeType:
        tree, _sites = switched(fullname, Path(self.path).read_text())
        return compile(tree, self.path, "exec", dont_inherit=True)


class Finder:
    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        if name.partition(".")[0] not in PACKAGES or NO_GUARDS & set(name.split(".")):
            return None
        spec: ModuleSpec | None = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            spec.loader = Switched(spec.loader.name, spec.loader.path)
        return spec


def switch_modules() -> None:
    early = [name for name in sys.modules if name.partition(".")[0] in PACKAGES]
    assert early == [], f"imported with their guards: {early}"
    sys.meta_path.insert(0, Finder())


# --- Templates -------------------------------------------------------------------------


def masks_in(path: Path) -> list[Site]:
    text, where = path.read_text(), path.relative_to(TEMPLATES)
    return [
        Site(f"mask:{where}:{number}", str(where), text.count("\n", 0, found.start()) + 1, found[0])
        for number, found in enumerate(MASK_IN_TEMPLATE.finditer(text), 1)
    ]


def switch_templates() -> None:
    """`{{ x|covered_name }}` becomes `{{ x|guarded:"covered_name mask:…" }}`. Needs Django."""
    from django.template.loaders.filesystem import Loader

    from diedie_edu.common.templatetags.ui import register

    def guarded(value: Any, words: str) -> Any:
        name, guard = words.split(" ", 1)
        return value if GUARDS.is_out(guard) else register.filters[name](value)

    register.filter("guarded", guarded)
    plain = Loader.get_contents

    def get_contents(loader: Loader, origin: Any) -> str:
        text, path = plain(loader, origin), Path(origin.name)
        if not path.is_relative_to(TEMPLATES):
            return text
        names = iter([site.name for site in masks_in(path)])
        return MASK_IN_TEMPLATE.sub(lambda one: f'|guarded:"{one[1]} {next(names)}"', text)

    Loader.get_contents = get_contents  # type: ignore[method-assign]
