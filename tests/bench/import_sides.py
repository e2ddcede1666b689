"""One import in a process of its own: our way, or the way of django-import-export's defaults."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection
from django.utils import timezone
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource

from diedie_edu.accounts.models import User
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.people.models import Resident

Seconds = tuple[float, float]


class DefaultResource(ModelResource):
    """As its documentation begins: a model, and its columns under the titles of the file."""

    class Meta:
        model = Resident
        fields = ["id", "full_name", "gender", "birth_date", "phone", "residency", "household"]


for name, title in zip(
    DefaultResource.Meta.fields,
    ["编号", "姓名", "性别", "出生日期", "联系电话", "居住情况", "户号"],
    strict=True,
):
    DefaultResource.fields[name].column_name = title


def ours(content: bytes) -> Seconds:
    """What the worker does before and after the staff's confirmation."""
    by, _is_new = User.objects.get_or_create(
        phone="13000000000", display_name="陈伟", is_superuser=True
    )
    job = imports.accept_upload(
        kind="residents", file_name="list.xlsx", content=content, language="en", by=by
    )
    check = _seconds(lambda: run_next(timezone.now()))
    assert imports.confirm_import(job=job, is_sure=True)
    load = _seconds(lambda: run_next(timezone.now()))
    job.refresh_from_db()
    assert job.status == "done", job.faults
    return check, load


def defaults(content: bytes) -> Seconds:
    """What its admin does before and after the confirmation: a dry run, and the import."""

    def run(*, dry: bool) -> None:
        dataset = XLSX().create_dataset(content)
        DefaultResource().import_data(dataset, dry_run=dry, raise_errors=True)

    return _seconds(lambda: run(dry=True)), _seconds(lambda: run(dry=False))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Arguments: ours or defaults, and a file.

    Prints the seconds of the look at the list and of the loading, and the peak of the memory.
    """
    side, file = sys.argv[1:]
    connection.ensure_connection()
    check, load = {"ours": ours, "defaults": defaults}[side](Path(file).read_bytes())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"check": check, "load": load, "peak_mb": peak}))
