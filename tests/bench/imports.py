"""Residents from .xlsx, new and changed, beside django-import-export's defaults.

Both sides read the same columns of the same kind of file, in processes of their own. The
defaults do a tenth of the rows, for their time grows with the rows and would take minutes;
rows a second are compared.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook

from diedie_edu.common.typed import typed_key
from diedie_edu.jobs.models import Job
from diedie_edu.people.models import Household, Resident
from tests.bench.databases import analyse, copy, url_of
from tests.bench.figures import Figure, Ratio

ROWS, SAMPLE, ROUNDS = 20_000, 2_000, 3
CHILD = "import django; django.setup(); from tests.bench.import_sides import main; main()"
TITLES = ["姓名", "性别", "出生日期", "联系电话", "居住情况", "户号"]
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂建国华文玉兰志"


@dataclass(frozen=True)
class Pace:
    """Rows a second in one go, and with the look at the list that comes before it."""

    rate: float
    rate_with_check: float
    peak_mb: float


def figures() -> Iterator[Figure]:
    with copy("imports") as database, TemporaryDirectory() as folder:
        households = _households()
        rounds = []
        for _round in range(ROUNDS):
            ours = _new_and_changed("ours", ROWS, households, database, Path(folder))
            defaults = _new_and_changed("defaults", SAMPLE, households, database, Path(folder))
            rounds.append((ours, defaults))
    for place, what, target in ((0, "new", 20), (1, "changed", 25)):
        pairs = [(ours[place], defaults[place]) for ours, defaults in rounds]
        loads = Ratio.of((ours.rate, defaults.rate) for ours, defaults in pairs)
        checks = Ratio.of((ours.rate_with_check, theirs.rate_with_check) for ours, theirs in pairs)
        yield Figure.of(f"import_{what}_vs_defaults", loads, at_least=target)
        yield Figure.of(f"import_{what}_with_check_vs_defaults", checks)
        yield Figure(f"import_{what}_peak_mb", max(ours.peak_mb for ours, _defaults in pairs))
    yield Figure(
        "import_defaults_2000_peak_mb",
        max(pace.peak_mb for _ours, both in rounds for pace in both),
    )


def _new_and_changed(
    side: str, rows: int, households: Sequence[int], database: str, folder: Path
) -> tuple[Pace, Pace]:
    """First everybody is new, then everybody has a new phone."""
    Job.objects.all().delete()
    Resident.objects.all().delete()
    analyse()
    new = _pace(side, _written(folder, rows, households), rows, database)
    assert Resident.objects.count() == rows
    numbers = list(Resident.objects.order_by("pk").values_list("pk", flat=True))
    analyse()
    changed = _pace(side, _written(folder, rows, households, numbers), rows, database)
    assert Resident.objects.filter(phone__startswith="139").count() == rows
    return new, changed


def _pace(side: str, file: Path, rows: int, database: str) -> Pace:
    child = subprocess.run(
        [sys.executable, "-c", CHILD, side, str(file)],
        env=os.environ | {"DATABASE_URL": url_of(database)},
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(child.stdout)
    both = found["check"] + found["load"]
    return Pace(rows / found["load"], rows / both, found["peak_mb"])


def _households() -> list[int]:
    """Labelled with their own ids, for the defaults find a household by its id alone."""
    made = Household.objects.bulk_create(Household(label=f"new {n}") for n in range(ROWS // 3 + 1))
    for household in made:
        household.label = str(household.pk)
        household.label_key = typed_key(household.label)
    Household.objects.bulk_update(made, ["label", "label_key"], batch_size=2000)
    return [household.pk for household in made]


def _written(
    folder: Path, rows: int, households: Sequence[int], numbers: Sequence[int] = ()
) -> Path:
    """A list of people; with numbers, of the same people with other phones."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet()
    page.append(["编号", *TITLES] if numbers else TITLES)
    for row in range(rows):
        person = _person(row, 139 if numbers else 138, households)
        page.append([numbers[row], *person] if numbers else person)
    file = folder / "list.xlsx"
    workbook.save(file)
    return file


def _name(row: int) -> str:
    """No two of one name were born on one day."""
    given = row // len(SURNAMES)
    first, second = GIVEN[given % len(GIVEN)], GIVEN[given // len(GIVEN) % len(GIVEN)]
    return SURNAMES[row % len(SURNAMES)] + first + second


def _person(row: int, phones: int, households: Sequence[int]) -> list[Any]:
    return [
        _name(row),
        "fm"[row % 2],
        str(date(1940, 1, 1) + timedelta(days=row % 25_000)),
        f"{phones}{row:08}",
        "permanent",
        households[row // 3],
    ]
