"""The robots of staff's group chats: which there are, what they say, and whether it arrives."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, requires
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common import refusals
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.notices.actions import robots as actions
from diedie_edu.notices.forms import RobotForm
from diedie_edu.notices.models import Robot
from diedie_edu.notices.queries.robots import all_robots

LOOK_AGAIN_AFTER = "3"  # seconds


@requires(Permission.SEE_DELIVERY)
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Each with what came back last; the page looks again while something is under way."""
    rows = all_robots()
    response = render(request, "notices/robots.html", {"rows": rows})
    if any(row.is_open for row in rows):
        response.headers["Refresh"] = LOOK_AGAIN_AFTER
    return response


@requires(Permission.SEE_DELIVERY)
@in_one_transaction
def robot_new(request: SignedInRequest) -> HttpResponse:
    return _kept(request, Robot())


@requires(Permission.SEE_DELIVERY)
@in_one_transaction
def robot(request: SignedInRequest, pk: int) -> HttpResponse:
    return _kept(request, get_object_or_404(Robot, pk=pk))


def _kept(request: SignedInRequest, row: Robot) -> HttpResponse:
    form = RobotForm(request.POST or None, instance=row, by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            actions.keep(robot=form.entered(), by=request.user, now=timezone.now())
            messages.success(request, _("Kept. Send a test message to see that it arrives."))
            return redirect("notices:robots")
    return render(request, "notices/robot.html", {"form": form, "robot": row})


@requires(Permission.SEE_DELIVERY)
@require_POST
def robot_switch(request: SignedInRequest, pk: int, *, is_on: bool) -> HttpResponse:
    row = get_object_or_404(Robot, pk=pk)
    actions.switch(robot=row, is_on=is_on, by=request.user, now=timezone.now())
    return redirect("notices:robots")


@requires(Permission.SEE_DELIVERY)
@require_POST
def robot_try(request: SignedInRequest, pk: int) -> HttpResponse:
    """Through the outbox; the list shows what came back."""
    with refusals.as_message(request):
        row = get_object_or_404(Robot, pk=pk)
        actions.try_robot(robot=row, by=request.user, now=timezone.now())
        messages.success(
            request, _("A test message is on its way. This page shows what comes back.")
        )
    return redirect("notices:robots")
