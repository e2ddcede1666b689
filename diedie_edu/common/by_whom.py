"""Who did something: an account, kept beside the fact."""

from typing import Any

from django.conf import settings
from django.db import models


def by_whom(verbose_name: Any = None, **options: Any) -> "models.ForeignKey[Any, Any]":
    """The account that did it. Where the account goes, the fact stays without it, unless
    `on_delete` says otherwise; nothing leads back from the account."""
    given: dict[str, Any] = {"on_delete": models.SET_NULL, "related_name": "+"} | options
    if given["on_delete"] is models.SET_NULL:
        given["null"] = True
    return models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=verbose_name, **given)
