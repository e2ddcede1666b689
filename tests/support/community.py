"""The community of the tests: that of the plan, reached as in the demonstration."""

import json
from datetime import time
from typing import Any

from django.conf import settings

from diedie_edu.community import known
from diedie_edu.community.models import Community

MIDNIGHT = time(0)


def facts() -> dict[str, Any]:
    folder = settings.BASE_DIR / "fixtures"
    plan = json.loads((folder / "plan.json").read_text("utf-8"))["community"]
    return plan | json.loads((folder / "demo" / "season.json").read_text("utf-8"))["community"]


def known_as(**other: Any) -> Community:
    """What this process knows of the community from now on, without a row that says so."""
    found = Community(**(facts() | other))
    known.remember(found)
    return found


def stored_as(**other: Any) -> Community:
    """The same as a row, for other processes."""
    found = known_as(**other)
    found.save()
    return found


def quiet(hours: tuple[str, str]) -> Community:
    """Quiet from when until when, such as ("21:00", "08:00")."""
    start, end = map(time.fromisoformat, hours)
    return known_as(quiet_from=start, quiet_until=end)
