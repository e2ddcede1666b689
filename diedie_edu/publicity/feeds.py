"""The Atom feed. Its bytes change when a post does, and at no other time."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import override

from diedie_edu.common.days import local_now
from diedie_edu.common.manifests import programmes
from diedie_edu.community.known import community
from diedie_edu.publicity.queries.posts import in_public
from diedie_edu.publicity.queries.reading import Read, read

MOST = 30
BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)  # an empty feed was last changed then


class SteadyAtom(Atom1Feed):
    """Django's own says "now" while a feed is empty."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEFORE_ALL)


class NewsFeed(Feed):
    """Of one programme (its slug), or of all; in the language of the community, for all readers
    alike."""

    feed_type = SteadyAtom
    language = settings.LANGUAGE_CODE

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with override(settings.LANGUAGE_CODE):
            return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, slug: str) -> str:
        return slug

    def title(self, slug: str) -> str:
        portal = community().portal
        return f"{portal} · {programmes()[slug].title}" if slug else portal

    def subtitle(self, slug: str) -> str:
        return _("News of the community's learning programmes.")

    def link(self, slug: str) -> str:
        query = f"?programme={slug}" if slug else ""
        return settings.PORTAL_URL + reverse("publicity:news") + query

    def feed_url(self, slug: str) -> str:
        address = reverse("publicity:feed_of", args=[slug]) if slug else reverse("publicity:feed")
        return settings.PORTAL_URL + address

    def items(self, slug: str) -> list[Read]:
        now = local_now()
        return read(in_public(now, slug).order_by("-publish_at", "-pk")[:MOST], now)

    def item_title(self, item: Read) -> str:
        return item.post.title

    def item_description(self, item: Read) -> str:
        notes = ((_("Corrected: %s") % row.note,) for row in item.corrections)
        return item.feed_html(settings.PORTAL_URL) + format_html_join("", "<p>{}</p>", notes)

    def item_link(self, item: Read) -> str:
        return settings.PORTAL_URL + reverse("publicity:post", args=[item.post.pk])

    def item_guid(self, item: Read) -> str:
        return self.item_link(item)

    def item_pubdate(self, item: Read) -> datetime | None:
        return item.post.publish_at

    def item_updateddate(self, item: Read) -> datetime:
        return item.changed_at
