"""Who sees the logo."""

from diedie_edu.community.known import community
from diedie_edu.files.kinds import Reader
from diedie_edu.files.models import StoredFile


def may_read_logo(_reader: Reader, file: StoredFile) -> bool:
    """Everybody, as long as it stands on the pages."""
    return community().logo_id == file.pk
