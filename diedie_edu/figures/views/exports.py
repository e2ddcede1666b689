"""The figures that a reader sees, as a file."""

from io import BytesIO

from django.http import HttpResponse
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.common import downloads
from diedie_edu.common.days import local_now
from diedie_edu.common.spreadsheets.columns import values_of
from diedie_edu.common.spreadsheets.workbooks import save_list
from diedie_edu.figures.kinds import ALL
from diedie_edu.figures.lists import COLUMNS
from diedie_edu.figures.queries.figures import Figures
from diedie_edu.figures.views.doors import own_programmes, reads, sees_all, span_or_404


@reads
@require_safe
def export(request: SignedInRequest, key: str, extension: str) -> HttpResponse:
    """Those of all together first, for a reader who sees all."""
    found = Figures(span_or_404(key), local_now())
    parts = [ALL] if sees_all(request) else []
    rows = [row for slug in (*parts, *own_programmes(request)) for row in found.of(slug)]
    file, title = BytesIO(), pgettext("of the programmes", "Figures")
    save_list(file, extension, COLUMNS, values_of(COLUMNS, rows), sheet=title)
    answer = HttpResponse(file.getvalue(), content_type=downloads.TYPES[extension])
    return downloads.as_file(answer, f"{title} {found.span.title}", extension)
