"""Loading the plan's facts; what exists already is left as staff have made it."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.db import transaction

from diedie_edu.accounts.actions import privacy
from diedie_edu.common.manifests import parts_of
from diedie_edu.common.parts import PlanData
from diedie_edu.community.known import forget
from diedie_edu.community.models import Community
from diedie_edu.people.models import Organisation
from diedie_edu.programmes import plan_shape
from diedie_edu.programmes.plan_data import load_into_empty, read_plan
from diedie_edu.venues.models import Venue

SHARED = settings.BASE_DIR / "fixtures"


@transaction.atomic
def load_plan() -> None:
    """Add what is missing: whole tables and programmes, never single rows that staff removed.

    Raises `PlanFault` for a file of the plan that is not as it should be; nothing is loaded then.
    """
    plan = read_plan(Path(settings.PLAN_FOLDER or SHARED), plan_shape.SHARED)
    load_into_empty(Community, [plan["community"]])
    forget()
    load_into_empty(Organisation, plan["organisations"])
    load_into_empty(Venue, plan["venues"])
    if settings.DEMO:
        _publish_demo_notices()
    for app in parts_of(PlanData):
        app.load()


def _publish_demo_notices() -> None:
    """A community writes its own: the demonstration's names nobody who answers for it."""
    for path in sorted(SHARED.glob("privacy/*.toml")):
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        privacy.publish_privacy_notice(**facts, is_demo=True)
