"""Long work as whoever asked for it sees it: under way, ready, over. Others' is not there."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, signed_in
from diedie_edu.common.days import local_now
from diedie_edu.jobs.actions import asking
from diedie_edu.jobs.kinds import job_kind
from diedie_edu.jobs.models import Job
from diedie_edu.jobs.queries import jobs_of, result_of

PER_PAGE = 20
HERE = "jobs:job"
LOOK_AGAIN_AFTER = 2  # seconds


@signed_in
@require_safe
def job_list(request: SignedInRequest) -> HttpResponse:
    now = local_now()
    page = Paginator(jobs_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(job, now) for job in page]}
    return looking_again(render(request, "jobs/job_list.html", context), *page)


def _row(job: Job, now: datetime) -> dict[str, object]:
    kind, result = job_kind(job.kind), result_of(job, now)
    is_gone = job.state == Job.State.DONE and kind.page == HERE and result is None
    return {"job": job, "kind": kind, "url": kind.url_of(job), "result": result, "is_gone": is_gone}


@signed_in
@require_safe
def job(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(jobs_of(request.user), pk=pk)
    kind = job_kind(found.kind)
    if kind.page != HERE:
        return redirect(kind.url_of(found))
    context = {
        "job": found,
        "kind": kind,
        "again": kind.again(found),
        "result": result_of(found, local_now()),
    }
    return looking_again(render(request, "jobs/job.html", context), found)


@signed_in
@require_POST
def job_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Of what has ended already nothing changes; what has a page of its own is stopped there."""
    found = get_object_or_404(jobs_of(request.user), pk=pk)
    is_here = job_kind(found.kind).page == HERE
    if is_here and asking.cancel(job=found, states=Job.AT_WORK, now=local_now()):
        messages.success(request, _("Stopped. Nothing of it is kept."))
    return redirect("jobs:job", pk)


def looking_again(response: HttpResponse, *jobs: Job) -> HttpResponse:
    """Loads itself again while a worker is at one: by a header, for pages run no script."""
    if any(job.is_at_work for job in jobs):
        response.headers["Refresh"] = str(LOOK_AGAIN_AFTER)
    return response
