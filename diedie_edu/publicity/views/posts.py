"""Pages for those who write: the list, a draft, what readers will see, publishing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from diedie_edu.accounts.access import SignedInRequest, scopes
from diedie_edu.common import refusals
from diedie_edu.common.days import local_day, local_now
from diedie_edu.common.edit_forms import in_one_transaction
from diedie_edu.common.sent import row_or_404
from diedie_edu.publicity.actions import newsletters
from diedie_edu.publicity.actions import pictures as picture_acts
from diedie_edu.publicity.actions import posts as acts
from diedie_edu.publicity.forms.posts import (
    CorrectForm,
    NewsletterForm,
    PinForm,
    PostForm,
    TakeDownForm,
)
from diedie_edu.publicity.models import Post
from diedie_edu.publicity.queries import posts as queries
from diedie_edu.publicity.queries.pictures import shown_pictures, to_choose_from
from diedie_edu.publicity.queries.reading import read
from diedie_edu.publicity.queries.review import has_reviewer
from diedie_edu.publicity.views.doors import post_or_404, publishes

PER_PAGE = 20
WORK = "publicity:work"


@publishes
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """Drafts; or what is published, or was taken down."""
    wanted = request.GET.get("state", "")
    state = wanted if wanted in Post.State.values else Post.State.DRAFT
    rows = Paginator(queries.kept_at(scopes(request), state), PER_PAGE)
    page = rows.get_page(request.GET.get("page"))
    page.object_list = queries.on_desk(page.object_list, local_now())  # type: ignore[assignment]
    return render(request, "publicity/desk.html", {"page": page, "tabs": _tabs(state)})


def _tabs(state: str) -> list[dict[str, object]]:
    labels = {
        Post.State.DRAFT: _("Being written"),
        Post.State.PUBLISHED: _("Published"),
        Post.State.TAKEN_DOWN: pgettext("posts", "Taken down"),
    }
    return [
        {"label": label, "url": f"?state={name.value}", "current": name == state}
        for name, label in labels.items()
    ]


@publishes
def write(request: SignedInRequest) -> HttpResponse:
    form = PostForm(request.POST or None, instance=Post(), scopes=scopes(request))
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            post = acts.write(post=form.instance, by=request.user, now=local_now())
            messages.success(request, _("Kept as a draft. Nobody else sees it yet."))
            return redirect(WORK, post.pk)
    return render(request, "publicity/post_form.html", {"form": form})


@publishes
@in_one_transaction
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    if not post.is_draft:
        return redirect(WORK, pk)
    form = PostForm(request.POST or None, instance=post, scopes=scopes(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            acts.write(post=form.instance, by=request.user, now=local_now())
            messages.success(request, _("Saved."))
            return redirect(WORK, pk)
    return render(request, "publicity/post_form.html", {"form": form, "post": post})


@publishes
@require_safe
def work(request: SignedInRequest, pk: int) -> HttpResponse:
    """A post as readers see it at this moment, and what can be done with it."""
    post, now = post_or_404(request, pk), local_now()
    row = queries.on_desk([post], now)[0]
    waits = row.request if row.request and row.request.is_waiting else None
    places = list(post.pictures.select_related("picture__file"))
    here = shown_pictures(local_day(now)).filter(pk__in=[place.picture_id for place in places])
    shown = set(here.values_list("pk", flat=True)) if places else set()
    others = to_choose_from(scopes(request)).exclude(places__post=post)
    context = {
        "row": row,
        "post": post,
        "read": read([post], now)[0],
        "waits": waits,
        "has_reviewers": waits is None or has_reviewer(waits, local_day(now)),
        "places": [(place, place.picture_id in shown) for place in places],
        "others": others[:60] if post.is_draft and not waits else [],
        "pin": PinForm(),
        "corrections": post.corrections.select_related("by"),
    }
    return render(request, "publicity/work.html", context)


@publishes
@require_POST
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    with refusals.as_message(request):
        is_out = acts.publish(post=post, by=request.user, now=local_now())
        sent = _("Sent. A branch lead reads it first; you get a message.")
        messages.success(request, _("Published.") if is_out else sent)
    return redirect(WORK, pk)


@publishes
@in_one_transaction
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    if not post.is_published:
        return redirect(WORK, pk)
    form = CorrectForm(request.POST or None, rows=[post], by=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals.in_form(form):
            told = form.cleaned_data
            acts.correct(post=post, by=request.user, now=local_now(), **told)
            messages.success(request, _("Corrected. Everybody reads what is different."))
            return redirect(WORK, pk)
    return render(request, "publicity/correct.html", {"form": form, "post": post})


@publishes
def take_down(request: SignedInRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    form = TakeDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals.as_message(request):
            told = form.cleaned_data
            acts.take_down(post=post, by=request.user, now=local_now(), **told)
            messages.success(request, _("Taken down. Nobody reads it any more."))
        return redirect(WORK, pk)
    return render(request, "publicity/take_down.html", {"form": form, "post": post})


@publishes
@require_POST
def pin(request: SignedInRequest, pk: int) -> HttpResponse:
    post, form = post_or_404(request, pk), PinForm(request.POST)
    if form.is_valid():
        with refusals.as_message(request):
            acts.pin(post=post, until=form.cleaned_data["until"])
            messages.success(request, _("Saved."))
    return redirect(WORK, pk)


@publishes
@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    post = post_or_404(request, pk)
    with refusals.as_message(request):
        acts.drop(post=post, now=local_now())
        messages.success(request, _("Removed."))
        return redirect("publicity:desk")
    return redirect(WORK, pk)


@publishes
@require_POST
def put_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of the pictures that are kept already."""
    post = post_or_404(request, pk)
    picture = row_or_404(request, "picture", to_choose_from(scopes(request)))
    with refusals.as_message(request):
        picture_acts.put_in(post=post, picture=picture, by=request.user, now=local_now())
    return redirect(WORK, pk)


@publishes
@require_POST
def take_out(request: SignedInRequest, pk: int, place: int) -> HttpResponse:
    found = get_object_or_404(post_or_404(request, pk).pictures, number=place)
    with refusals.as_message(request):
        picture_acts.take_out(place=found, by=request.user, now=local_now())
        messages.success(request, _("The picture is out of the post."))
    return redirect(WORK, pk)


@publishes
def newsletter(request: SignedInRequest) -> HttpResponse:
    form = NewsletterForm(request.POST or None, scopes=scopes(request))
    if request.method == "POST" and form.is_valid():
        post = newsletters.draft(
            first=form.cleaned_data["month"],
            programme=form.cleaned_data["programme"],
            by=request.user,
            now=local_now(),
        )
        messages.success(request, _("A draft is ready. Read it, and make it yours."))
        return redirect(WORK, post.pk)
    return render(request, "publicity/newsletter.html", {"form": form})
