"""News for everybody: the list, one post, and the feed."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from diedie_edu.accounts.access import public
from diedie_edu.accounts.leaving import may_be_kept
from diedie_edu.common.days import local_now
from diedie_edu.common.manifests import programmes
from diedie_edu.publicity.feeds import NewsFeed
from diedie_edu.publicity.models import Post
from diedie_edu.publicity.queries.posts import in_public, pinned_first
from diedie_edu.publicity.queries.reading import Read, read
from diedie_edu.publicity.views.doors import programme_of

PER_PAGE = 12


@public
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    now, slug = local_now(), programme_of(request)
    rows = Paginator(pinned_first(in_public(now, slug), now), PER_PAGE)
    page = rows.get_page(request.GET.get("page"))
    page.object_list = read(page.object_list, now)  # type: ignore[assignment]
    context = {"page": page, "tabs": _tabs(slug), "feed": _feed(slug), "today": now.date()}
    return render(request, "publicity/news.html", context)


def _tabs(current: str) -> list[dict[str, object]]:
    home = reverse("publicity:news")
    rows = [(slug, row.title, f"{home}?programme={slug}") for slug, row in programmes().items()]
    return [
        {"label": label, "url": url, "current": slug == current}
        for slug, label, url in [("", _("All"), home), *rows]
    ]


def _feed(slug: str) -> str:
    return reverse("publicity:feed_of", args=[slug]) if slug else reverse("publicity:feed")


@public
@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post; of one that was taken down, that it was and no word more."""
    now = local_now()
    down = Post.objects.filter(pk=pk, state=Post.State.TAKEN_DOWN, publish_at__lte=now)
    if down.exists():
        return render(request, "publicity/taken_down.html", status=410)
    found = read([get_object_or_404(in_public(now), pk=pk)], now)[0]
    return render(request, "publicity/post.html", {"read": found, **shared(found)})


def shared(found: Read) -> dict[str, object]:
    """What a chat shows of it: the address, and a picture that may be shown."""
    host = settings.PORTAL_URL
    own = found.lead and reverse("files:file", args=[found.lead.card.key])
    return {
        "address": host + reverse("publicity:post", args=[found.post.pk]),
        "share_picture": host + (own or static("img/share.png")),
    }


@public
@may_be_kept("the same for everybody")
@require_safe
def feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    if slug and slug not in programmes():
        raise Http404
    answer = NewsFeed()(request, slug)
    answer.headers["Cache-Control"] = "public, max-age=600"
    return answer
