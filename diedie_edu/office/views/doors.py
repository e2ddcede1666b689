"""Whom pages of the programme office are for."""

from functools import wraps
from typing import Any

import pghistory
from django.http import HttpResponseBase

from diedie_edu.accounts.access import SignedInRequest, View, requires
from diedie_edu.accounts.permissions import Permission

reads = requires(Permission.READ_OFFICE)
reviews = requires(Permission.REVIEW_OFFICE)


def keeps(view: View) -> View:
    """The history of a draft's lines names whoever wrote here (`models.contents.in_history`)."""

    @wraps(view)
    def named(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with pghistory.context(user=request.user.pk):
            return view(request, *args, **kwargs)

    return requires(Permission.KEEP_OFFICE)(named)
