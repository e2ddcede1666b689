"""Which rows show a file of the office, and who may open it."""

from django.db.models import Q

from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.files.kinds import Reader
from diedie_edu.files.models import StoredFile
from diedie_edu.office.models import WAS_APPROVED, Attachment, CommitteePaper, Version

PAGE_SCAN, WORD = "office_scan", "office_word"


def is_shown_somewhere(file: StoredFile) -> bool:
    return (
        Attachment.objects.filter(file=file).exists()
        or Version.objects.filter(scan=file).exists()
        or CommitteePaper.objects.filter(scan=file).exists()
    )


def may_read(reader: Reader, file: StoredFile) -> bool:
    """Whoever may read the version or the paper that shows it; of a draft, whoever writes it."""
    if not isinstance(reader, User):
        return False
    rows = Version.objects.filter(Q(scan=file) | Q(attachment_rows__file=file))
    writes = Version.belongs.at(reader.scopes(Permission.KEEP_OFFICE))
    reads = Version.belongs.at(reader.scopes(Permission.READ_OFFICE))
    is_open = rows.filter(writes | reads & Q(state__in=WAS_APPROVED)).exists()
    papers = CommitteePaper.objects.filter(scan=file)
    places = reader.scopes(Permission.READ_OFFICE)
    return is_open or papers.filter(CommitteePaper.belongs.at(places)).exists()
