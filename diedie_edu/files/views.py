"""The one door of the store."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import public
from diedie_edu.accounts.leaving import may_be_kept
from diedie_edu.common import downloads
from diedie_edu.common.days import local_now
from diedie_edu.files import queries
from diedie_edu.files.actions import store
from diedie_edu.files.kinds import FileKind, file_kind
from diedie_edu.files.models import StoredFile

# Nothing a file brings may run or load. A browser's own reader of PDFs does not open in a
# sandbox, and a PDF has no origin to get at; so that word is for pictures.
NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'"
Form = StoredFile.Form
TYPES = {
    Form.PDF: "application/pdf",
    Form.PNG: "image/png",
    Form.JPEG: "image/jpeg",
    Form.WEBP: "image/webp",
    **downloads.TYPES,
}


@public
@may_be_kept("a picture that everybody may see, for minutes")
@require_safe
def file(request: HttpRequest, file_key: str) -> HttpResponse:
    """For whoever its kind lets read it; for everybody else there is no such file.

    Handed over in one piece: a slow reader then holds up nobody who comes after.
    """
    now = local_now()
    found = queries.file_at(file_key, now)
    kind = file_kind(found.kind) if found else None
    if found is None or kind is None or not kind.may_read(request.user, found):
        raise Http404
    try:
        content = store.content_of(found)
    except FileNotFoundError:
        raise Http404 from None
    if kind.opened is not None:
        kind.opened(request.user, found, now)
    return _handed_over(found, content, kind)


def _handed_over(found: StoredFile, content: bytes, kind: FileKind) -> HttpResponse:
    """As what it is and nothing else."""
    how = "inline" if kind.is_shown else "attachment"
    response = HttpResponse(content, content_type=TYPES[found.form])
    name = quote(f"{found.title}.{found.form}", safe="")
    response["Content-Disposition"] = (
        f"{how}; filename=\"{found.kind}.{found.form}\"; filename*=UTF-8''{name}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = NOTHING_RUNS + ("; sandbox" if found.is_picture else "")
    if kind.is_for_everybody(found):
        response["Cache-Control"] = "private, max-age=600"
    return response
