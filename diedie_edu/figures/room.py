"""What figures bring to the shared rooms."""

from diedie_edu.common.manifests import Manifest

MANIFEST = Manifest()
