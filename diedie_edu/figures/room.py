"""What figures bring to the shared rooms."""

from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.manifests import Manifest, defined_in
from diedie_edu.common.parts import OfficeEntry, OfficePanels
from diedie_edu.figures import indicators
from diedie_edu.figures.kinds import Indicator
from diedie_edu.figures.lists import SESSIONS
from diedie_edu.figures.queries import panels

MANIFEST = Manifest(
    parts=(
        *defined_in(indicators, Indicator),
        OfficeEntry(
            80,
            pgettext_lazy("of the programmes", "Figures"),
            "figures:dashboard",
            "chart-bar",
            Permission.READ_OFFICE,
        ),
        SESSIONS,
        OfficePanels(panels.office_panels),
    )
)
