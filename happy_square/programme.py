"""What Happy Square brings to the portal."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.activities.traits import ActivityTraits
from diedie_edu.common.manifests import Programme
from diedie_edu.common.parts import PlanData
from happy_square.demo.loading import SEASON
from happy_square.models.groups import PROGRAMME
from happy_square.plan_data import load_plan
from happy_square.queries.panels import page_of

MANIFEST = Programme(
    slug=PROGRAMME,
    title=_("Happy Square"),
    tone="rose",
    icon="musical-note",
    urls="happy_square.urls",
    parts=(
        ActivityTraits(PROGRAMME, topic="group__kind", page=page_of),
        PlanData(load_plan),
        SEASON,
    ),
)
