"""A sign-up, a list and a page with the portal's models, rows and bytes, and nothing else.

No language, no rules, no roles, no messages to the reader. `?more=N` puts N bytes of fixed HTML
into a page, so that both sides send the same amount.
"""

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe

from diedie_edu.activities.models import Activity, Occasion, SignUp
from diedie_edu.files.models import StoredFile
from diedie_edu.notices.models import Notice
from diedie_edu.people.models import Resident
from diedie_edu.volunteering.models import Duty

PER_PAGE = 12
PADDING = '<p class="static">What a page holds besides its rows</p>\n' * 5000
ROWS = Occasion.objects.select_related(
    "activity__lecture__topic__area", "activity__lecture__partner", "venue"
)


def lecture_list(request: HttpRequest) -> HttpResponse:
    ahead = ROWS.filter(ends_at__gt=timezone.now(), activity__state="published")
    page = ahead.order_by("starts_at", "pk")[:PER_PAGE]
    return render(request, "list.html", {"rows": page, "total": ahead.count()} | _padding(request))


def lecture_detail(request: HttpRequest, pk: int) -> HttpResponse:
    occasion = ROWS.get(activity=pk)
    speakers = Duty.objects.filter(occasion=occasion).select_related("volunteer__resident")
    waiting = SignUp.objects.filter(activity_id=pk, status="waiting").count()
    context = {"row": occasion, "speakers": speakers, "waiting": waiting}
    if request.user.is_authenticated:
        context |= _family(request, pk)
    return render(request, "detail.html", context | _padding(request))


def _family(request: HttpRequest, pk: int) -> dict[str, object]:
    own = Resident.objects.filter(account=request.user)
    family = list(Resident.objects.filter(household_id__in=own.values("household_id")))
    seats = SignUp.objects.filter(activity_id=pk, resident_id__in=[row.pk for row in family])
    return {"family": family, "seats": list(seats)}


def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    resident = Resident.objects.get(account=request.user)
    with transaction.atomic():
        _enter(request.user.pk, resident.pk, pk)
    return redirect(f"/lectures/{pk}/")


def _enter(user: int, resident: int, activity: int) -> None:
    now = timezone.now()
    free = Activity.objects.filter(pk=activity, taken__lt=F("capacity"))
    if not free.update(taken=F("taken") + 1):
        raise ValueError("full")
    row = SignUp.objects.create(
        activity_id=activity,
        resident_id=resident,
        status="seated",
        signed_up_at=now,
        seated_at=now,
        signed_up_by_id=user,
    )
    Notice.objects.bulk_create(_notice(row, channel) for channel in ("inbox", "sms"))


def _notice(row: SignUp, channel: str) -> Notice:
    """As many bytes as the portal's, without having looked anything up."""
    return Notice(
        dedupe_key=f"bare:{row.activity_id}:{row.pk}:{row.resident_id}:{channel}",
        event=f"bare:{row.activity_id}:{row.pk}",
        kind="activities.seated",
        subject=f"activity:{row.activity_id}",
        recipient_id=row.resident_id,
        channel=channel,
        data={"activity": row.activity_id, "title": "讲座" * 10, "starts_at": "2026" * 20},
        status="queued",
        created_at=row.signed_up_at,
        next_try_at=row.signed_up_at,
        tries=0,
    )


def file(request: HttpRequest, file_key: str) -> HttpResponse:
    """For whoever is signed in."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    found = StoredFile.objects.get(key=file_key)
    with default_storage.open(found.path) as opened:
        return HttpResponse(opened.read(), content_type="image/png")


def _padding(request: HttpRequest) -> dict[str, object]:
    return {"padding": mark_safe(PADDING[: int(request.GET.get("more", 0))])}
