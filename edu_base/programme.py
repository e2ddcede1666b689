"""What the education base brings to the portal."""

from functools import partial
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.manifests import Programme
from diedie_edu.common.parts import PlanData
from diedie_edu.programmes.plan_data import load_programme

SLUG = "edu-base"
FOLDER = Path(__file__).parent / "fixtures"

MANIFEST = Programme(
    slug=SLUG,
    title=_("Education base"),
    tone="indigo",
    icon="academic-cap",
    parts=(PlanData(partial(load_programme, SLUG, FOLDER)),),  # type: ignore[arg-type]
)
