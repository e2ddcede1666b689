"""Rows of programmes in the admin site, for tests of who finds and changes them."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse

from diedie_edu.accounts.admin_base import PortalAdmin
from diedie_edu.common.belonging import SHARED, belonging
from diedie_edu.people.models import ChildAccess, Clearance

# Shared rows that only the leads of one programme open.
OPENED_AT: dict[type[Model], str] = {Clearance: "after-school", ChildAccess: "after-school"}
OF_A_PROGRAMME = [
    model for model in admin.site._registry if belonging(model) is not SHARED or model in OPENED_AT
]

OTHER, ANOTHER = "edu-base", "happy-square"


def pages(model: type[Model]) -> PortalAdmin:
    return admin.site.get_model_admin(model)


def url(model: type[Model], page: str, *args: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def programme_of(row: Model) -> str:
    return OPENED_AT.get(type(row)) or belonging(row).slug_of(row)


def elsewhere(row: Model) -> str:
    """A programme to which a row does not belong."""
    return ANOTHER if programme_of(row) == OTHER else OTHER


def form_of(answer: Any) -> Any:
    return answer.context["adminform"].form
