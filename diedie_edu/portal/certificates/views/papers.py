"""The papers themselves, and the public list of proofs that do not hold yet."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import SignedInRequest, public, signed_in
from diedie_edu.common.days import local_day, local_now
from diedie_edu.people.queries import family_of
from diedie_edu.portal.certificates import queries
from diedie_edu.volunteering.models import Certificate

PER_PAGE = 30


@signed_in
@require_safe
def certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """The paper, to be printed; other people's answer 404."""
    family = [one.pk for one in family_of(request.user)]
    found = get_object_or_404(Certificate, pk=pk, resident__in=family)
    check = settings.PORTAL_URL + reverse("portal:certificate_check", args=[found.number])
    context = {
        "certificate": found,
        "check_address": check,
        "first": found.first_day,
        "last": found.last_day,
        "n": found.occasions,
        "is_public": found.is_public_on(local_day(local_now())),
    }
    return render(request, "portal/certificates/paper.html", context)


@public
@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """公示: whoever knows better tells the staff before a proof holds."""
    shown = queries.on_public_list(local_day(local_now()))
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/certificates/public_list.html", {"page": page})
