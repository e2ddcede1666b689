"""Lists on their way into the portal, and the worker that carries them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.jobs.actions.run import run_next
from diedie_edu.lists.actions import imports
from diedie_edu.lists.models import ImportJob
from tests.common.spreadsheets.files import xlsx


@pytest.fixture
def upload(staff_user: User) -> Callable[..., ImportJob]:
    """A list of rows (or the bytes of a file), uploaded and not looked at yet."""

    def upload(
        *rows: Any,
        content: bytes = b"",
        kind: str = "residents",
        by: User = staff_user,
        **more: Any,
    ) -> ImportJob:
        return imports.accept_upload(
            kind=kind,
            file_name=more.pop("file_name", "名单.xlsx"),
            content=content or xlsx(*rows, **more),
            language="en",
            by=by,
        )

    return upload


@pytest.fixture
def checked(upload: Callable[..., ImportJob], now: datetime) -> Callable[..., ImportJob]:
    """The same after a worker has checked it."""

    def check(*rows: Any, **more: Any) -> ImportJob:
        job = upload(*rows, **more)
        assert run_next(now)
        job.refresh_from_db()
        return job

    return check


@pytest.fixture
def loaded(checked: Callable[..., ImportJob], now: datetime) -> Callable[..., ImportJob]:
    """The same after staff have confirmed it and a worker has loaded it.

    Needs committed rows: `pytest.mark.django_db(transaction=True)`.
    """

    def load(*rows: Any, **more: Any) -> ImportJob:
        job = checked(*rows, **more)
        assert imports.confirm_import(job=job), job.faults
        assert run_next(now)
        job.refresh_from_db()
        return job

    return load
