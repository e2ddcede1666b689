"""What people bring to the shared rooms."""

from diedie_edu.common.manifests import Manifest
from diedie_edu.people.lists.people import RESIDENTS_LIST, VOLUNTEERS_LIST

MANIFEST = Manifest(parts=(RESIDENTS_LIST, VOLUNTEERS_LIST))
