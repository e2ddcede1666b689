"""The community's facts as every page, message and worker knows them.

They stand on each page and change once a year, so they are not read with each: a process reads them
at most once in `KEPT_SECONDS`, and the one that changed them at once (docs/adr/0067). Where nothing
has been entered yet, the house has a name all the same.
"""

from time import monotonic

from django.templatetags.static import static
from django.urls import reverse

from diedie_edu.community.models import ONLY, Community

KEPT_SECONDS = 5.0
OWN = "community"  # the code of the community's own telephone

_kept: list[tuple[float, Community]] = []


def community() -> Community:
    """Read anew where what is known is too old. Not for writing: that locks the row."""
    if not _kept or monotonic() - _kept[0][0] >= KEPT_SECONDS:
        found = Community.objects.select_related("logo").filter(pk=ONLY).first()
        remember(found or unnamed())
    return _kept[0][1]


def last_known() -> Community:
    """Without asking the database, for a page that says that it is away."""
    return _kept[0][1] if _kept else unnamed()


def unnamed() -> Community:
    """A community that nobody has entered anything of."""
    return Community(title_zh="社区", title_en="Community", short_zh="社区", short_en="Community")


def remember(found: Community) -> None:
    _kept[:] = [(monotonic(), found)]


def forget() -> None:
    """What was read is no longer so."""
    _kept.clear()


def logo_url(found: Community) -> str:
    """Its own, or the portal's."""
    return reverse("files:file", args=[found.logo.key]) if found.logo else static("img/logo.svg")


def phone_of(code: str) -> str:
    """The number of this `Telephone`; empty where there is none."""
    row = community()
    return row.phone if code == OWN else row.phones.get(code, "")
