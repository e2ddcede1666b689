"""What lists bring to the shared rooms."""

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest

MANIFEST = Manifest(parts=(AdminModels(Permission.KEEP_PEOPLE, ("view:lists.importjob",)),))
