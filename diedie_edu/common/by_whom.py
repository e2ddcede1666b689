"""Who did something: an account, kept beside the fact."""

from typing import Any

from django.conf import settings
from django.db import models

from diedie_edu.common.references import ONLY_BY_WHOM, On


def by_whom(
    verbose_name: Any = None, on: On = ONLY_BY_WHOM, **options: Any
) -> "models.ForeignKey[Any, Any]":
    """The account that did it, None where nobody did or it is not known; nothing leads back from
    the account. The fact keeps the number of an account that is closed, unless `on` says else."""
    given: dict[str, Any] = {"null": True, "related_name": "+"} | options
    return models.ForeignKey(settings.AUTH_USER_MODEL, on, verbose_name=verbose_name, **given)
