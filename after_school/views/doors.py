"""Who may open which child: the guardian's own, and staff, whose look is written down."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404

from after_school.models import Enrolment
from after_school.queries import children
from after_school.rules import terms
from diedie_edu.accounts.access import SignedInRequest, confirmed, requires, scopes
from diedie_edu.accounts.permissions import Permission
from diedie_edu.common.belonging import within
from diedie_edu.common.days import local_now
from diedie_edu.people.actions import access_log
from diedie_edu.people.models import Resident

View = Callable[..., HttpResponseBase]

plans = requires(Permission.PLAN_ACTIVITIES, terms.PROGRAMME)
looks_after = requires(Permission.LOOK_AFTER_CHILDREN, terms.PROGRAMME)
takes_seats = requires(Permission.TAKE_SEATS)


def opens_children(view: View) -> View:
    """Whole lists, uncovered."""
    return confirmed(requires(Permission.OPEN_CHILDREN, terms.PROGRAMME)(view))


def may_open_children(request: SignedInRequest) -> bool:
    return request.user.may(Permission.OPEN_CHILDREN, terms.PROGRAMME)


def of_own_child(view: View) -> View:
    """`view(request, right)` for a guardian of the child in the address; 404 for everybody else."""

    @wraps(view)
    def opened(request: SignedInRequest, child: int, **more: int) -> HttpResponseBase:
        right = children.right_over(request.user, child)
        if right is None:
            raise Http404
        return view(request, right, **more)

    return takes_seats(opened)


def of_childs_record(page: str) -> Callable[[View], View]:
    """`view(request, child)` for staff: every opening is written into the log of looks first.

    Every staff page that shows one child's record is made by this, and its address names the
    child as <person:child>.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def opened(request: SignedInRequest, child: int, **more: int) -> HttpResponseBase:
            own = within(Enrolment.objects, scopes(request))
            enrolled = Resident.objects.filter(enrolments__in=own).distinct()
            found = get_object_or_404(enrolled, pk__in=Resident.objects.numbered(child))
            access_log.log_access(children=[found.pk], by=request.user, page=page, now=local_now())
            return view(request, found, **more)

        opened.accesses_to_child = page  # type: ignore[attr-defined]
        return looks_after(opened)

    return decorate
