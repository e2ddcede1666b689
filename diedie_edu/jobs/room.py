"""What jobs bring to the shared rooms."""

from diedie_edu.common.manifests import Manifest
from diedie_edu.files.kinds import FileKind
from diedie_edu.jobs.actions import results
from diedie_edu.jobs.queries import may_read_result

MANIFEST = Manifest(parts=(FileKind(results.KIND, may_read=may_read_result),))
