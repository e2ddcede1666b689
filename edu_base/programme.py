"""What the education base brings to the portal."""

from django.utils.translation import gettext_lazy as _

from diedie_edu.common.manifests import Programme

MANIFEST = Programme(slug="edu-base", title=_("Education base"), tone="indigo", icon="academic-cap")
