"""Where the printed sheet of an activity is: each programme tells its own page.

A programme registers the name of that address, which takes the activity's id, in its
`AppConfig.ready()`; one without a sheet has no link.
"""

from django.urls import reverse

from diedie_edu.activities.models import Activity

_names: dict[str, str] = {}


def register(programme: str, name: str) -> None:
    """`programme` is its slug."""
    _names[programme] = name


def sheet_url(activity: Activity) -> str:
    """The address of its printed sheet, or nothing."""
    name = _names.get(activity.programme.slug)
    return reverse(name, args=[activity.pk]) if name else ""
