"""What Happy Square brings to the portal."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.manifests import Programme

MANIFEST = Programme(slug="happy-square", title=_("Happy Square"), tone="rose", icon="musical-note")
