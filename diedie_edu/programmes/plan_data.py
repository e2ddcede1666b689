"""A programme's facts of the plan, from the files in its folder; what exists is left as it is."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model

from diedie_edu.common.manifests import programmes
from diedie_edu.people.models import ConsentText
from diedie_edu.programmes import plan_shape
from diedie_edu.programmes.models import Lead, Programme, Responsibility, RuleVersion, Statement
from diedie_edu.programmes.plan_shape import PROGRAMME, Shape

Facts = dict[str, Any]
NOTHING: Shape = {}


def folder_of(slug: str, own: Path) -> Path:
    """Where the plan's facts of a programme lie: its `own`, or those of another community."""
    return Path(settings.PLAN_FOLDER) / slug if settings.PLAN_FOLDER else own


def read_plan(folder: Path, shape: Shape) -> Facts:
    """Raises `PlanFault`."""
    return plan_shape.read(folder / "plan.json", shape)


def load_programme(slug: str, folder: Path, more: Shape = NOTHING) -> Programme | None:
    """Add the programme, and the consent texts and working rules that are missing; `more` is what
    its plan holds beside what every programme has.

    The programme where it is new, None where it was there. Raises `PlanFault`.
    """
    facts = read_plan(folder, {**PROGRAMME, **more})
    names = ("title_zh", "title_en", "summary_zh", "summary_en")
    texts = {key: facts.get(key, "") for key in names}
    programme, is_new = Programme.objects.get_or_create(
        slug=slug, defaults=texts | {"position": list(programmes()).index(slug)}
    )
    if is_new:
        _load_parts(programme, facts)
    for row in _rows(folder / "consent"):
        version = row.pop("version")
        ConsentText.objects.get_or_create(programme=slug, version=version, defaults=row)
    for row in _rows(folder / "rules"):
        number = row.pop("number")
        RuleVersion.objects.get_or_create(programme=programme, number=number, defaults=row)
    return programme if is_new else None


def load_into_empty(model: type[Model], rows: list[Facts]) -> None:
    """Staff may have renamed a row, or deleted it, on purpose."""
    if not model._default_manager.exists():
        model._default_manager.bulk_create(model(**row) for row in rows)


def _rows(folder: Path) -> Iterator[Facts]:
    for path in sorted(folder.glob("*.toml")):
        row = tomllib.loads(path.read_text(encoding="utf-8"))
        yield {
            key: value.strip() if isinstance(value, str) else value for key, value in row.items()
        }


def _load_parts(programme: Programme, facts: Facts) -> None:
    for place, row in enumerate(facts.get("statements", [])):
        Statement.objects.create(
            programme=programme,
            kind=row["kind"],
            clause=row["clause"],
            text_zh=row["zh"],
            text_en=row.get("en", ""),
            position=place,
        )
    for place, name in enumerate(facts.get("leads", [])):
        Lead.objects.create(programme=programme, full_name=name, position=place)
    for row in facts.get("responsibilities", []):
        Responsibility.objects.create(
            programme=programme,
            work=row["work"],
            note_zh=row.get("zh", ""),
            note_en=row.get("en", ""),
        )
