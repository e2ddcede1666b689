"""What lists bring to the shared rooms."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.access import SignedInRequest
from diedie_edu.accounts.admin_out import Exporter, WayOut, as_if_asked_by
from diedie_edu.accounts.models import User
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.parts import DeskEntry, DeskGroup
from diedie_edu.files.kinds import FileKind
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.kinds import JobKind
from diedie_edu.jobs.models import Job
from diedie_edu.lists.actions import exports, imports, loading
from diedie_edu.lists.kinds import list_kind
from diedie_edu.lists.leaving import note_export

MOVING = (_("Import and export"), "lists:imports", "arrow-up-tray", Permission.KEEP_REGISTER)


def may_move_list(user: User, params: dict[str, Any]) -> bool:
    return list_kind(params["list"]).is_open_to(user)


def may_export_from_admin(user: User, params: dict[str, Any]) -> bool:
    return exports.pages_of(params).has_export_permission(as_if_asked_by(user))


def ask_from_admin(
    request: SignedInRequest, pages: WayOut, extension: str, reason: str
) -> HttpResponse:
    about, now = pages.model._meta, local_now()
    with refusals.as_message(request):
        job = asking.ask(
            kind=ADMIN_EXPORT,
            title=f"{about.verbose_name_plural} {local_day(now)}",
            params={"model": about.label_lower, "extension": extension},
            words=request.GET.urlencode(),
            by=request.user,
            language=get_language() or "",
        )
        if reason:
            rows = pages.outgoing(request).count()
            note_export(about.label_lower, rows, reason, by=request.user, now=now)
        return redirect("jobs:job", job.pk)
    return redirect("jobs:job_list")


def changelist_of(job: Job) -> str:
    return reverse(f"admin:{job.params['model'].replace('.', '_')}_changelist")


IMPORT = JobKind(
    slug=imports.KIND,
    title=_("Import"),
    may=may_move_list,
    run=loading.run_import,
    again=lambda _job: reverse("lists:import_new"),
    page="lists:import_job",
    forget=imports.forget_preview,
)
EXPORT = JobKind(
    slug="export",
    title=_("Export"),
    may=may_move_list,
    run=exports.export_list,
    again=lambda _job: reverse("lists:imports"),
)
ADMIN_EXPORT = JobKind(
    slug="admin_export",
    title=_("Export"),
    may=may_export_from_admin,
    run=exports.export_admin_list,
    again=changelist_of,
)

MANIFEST = Manifest(
    parts=(
        DeskEntry(50, *MOVING, group=DeskGroup.LISTS),
        IMPORT,
        EXPORT,
        ADMIN_EXPORT,
        FileKind(imports.UPLOAD),
        Exporter(ask_from_admin),
    )
)
