"""An export of the register as a job."""

from collections.abc import Callable
from typing import Any

import pytest

from diedie_edu.accounts.models import User
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.models import Job
from diedie_edu.lists.room import EXPORT


@pytest.fixture
def media(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def ask(staff_user: User, media: Any) -> Callable[..., Job]:
    def ask(by: User = staff_user, extension: str = "csv", **params: Any) -> Job:
        return asking.ask(
            kind=EXPORT,
            title="居民",
            params={"list": "residents", "number": None, "extension": extension} | params,
            by=by,
            language="en",
        )

    return ask
