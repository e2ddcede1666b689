"""Rows of small tables that have no rules but those of their fields and constraints."""

from datetime import datetime

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from diedie_edu.accounts.models import User
from diedie_edu.common.errors import Refused


@transaction.atomic
def keep_row(*, row: Model, by: User, now: datetime) -> None:
    """Enter a row or change it, as its page in the admin site does; its history there tells who
    brought it. Raises `Refused` (`invalid`, `of_another_programme`)."""
    if not by.has_perm(f"{row._meta.app_label}.change_{row._meta.model_name}", row):
        raise Refused(
            "of_another_programme", _("This belongs to a programme that you do not keep.")
        )
    flag = ADDITION if row._state.adding else CHANGE
    try:
        row.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        about = None if field == NON_FIELD_ERRORS else field
        raise Refused("invalid", messages[0], about) from error
    row.save()
    LogEntry.objects.log_actions(
        by.pk, [row], flag, change_message=_("by a list"), single_object=True
    )
