"""A programme's facts of the plan, from the files in its folder; what exists is left as it is."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Model

from diedie_edu.common.manifests import programmes
from diedie_edu.people.models import ConsentText
from diedie_edu.programmes.models import Lead, Programme, Responsibility, RuleVersion, Statement

Facts = dict[str, Any]


def read_plan(folder: Path) -> Facts:
    return json.loads((folder / "plan.json").read_text(encoding="utf-8"))


def load_programme(slug: str, folder: Path) -> Programme | None:
    """Add the programme, and the consent texts and working rules that are missing.

    The programme where it is new, None where it was there.
    """
    facts = read_plan(folder)
    texts = {key: facts[key] for key in ("title_zh", "title_en", "summary_zh", "summary_en")}
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
            text_en=row["en"],
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
