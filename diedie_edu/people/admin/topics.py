"""The plan's areas and topics, an open list that staff keep."""

from django.contrib import admin

from diedie_edu.accounts.admin_base import PortalAdmin
from diedie_edu.lists.admin import ListIn, ListOut
from diedie_edu.people.models import Topic, TopicArea


@admin.register(TopicArea)
class TopicAreaAdmin(PortalAdmin):
    list_display = ["title_zh", "title_en", "slug", "position"]
    ordering = ["position", "id"]


@admin.register(Topic)
class TopicAdmin(ListIn, ListOut, PortalAdmin):
    list_slug = "topics"
    list_display = ["title_zh", "title_en", "area", "position", "is_offered"]
    list_filter = ["area", "is_offered"]
    list_select_related = ["area"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["title_zh", "title_en"]
