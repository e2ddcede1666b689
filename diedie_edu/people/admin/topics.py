"""The plan's areas and topics, an open list that staff keep."""

from collections.abc import Sequence

from django.contrib import admin
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget

from diedie_edu.accounts.admin_base import PortalAdmin
from diedie_edu.common.exchange import ListAdminMixin, ListResource
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.people.models import Topic, TopicArea


@admin.register(TopicArea)
class TopicAreaAdmin(PortalAdmin):
    list_display = ["title_zh", "title_en", "slug", "position"]
    ordering = ["position", "id"]


class TopicResource(ListResource):
    area = Field("area", "area", ForeignKeyWidget(TopicArea, "slug"))

    class Meta(ListResource.Meta):
        model = Topic
        import_id_fields = ["area", "title_zh"]
        fields = ["area", "title_zh", "title_en", "position", "is_offered"]


@admin.register(Topic)
class TopicAdmin(ListAdminMixin, PortalAdmin):
    resource_classes = [TopicResource]
    list_display = ["title_zh", "title_en", "area", "position", "is_offered"]
    list_filter = ["area", "is_offered"]
    list_select_related = ["area"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["title_zh", "title_en"]

    def list_columns(self) -> Sequence[Column]:
        areas = {area.slug: (area.title_zh, area.title_en) for area in TopicArea.objects.all()}
        return [
            Column("area", ("领域", "Area"), CellType.CHOICE, choices=areas, required=True),
            Column("title_zh", ("专题", "Topic", "专题名称", "名称"), required=True, max_length=60),
            Column("title_en", ("英文名称", "Name in English"), max_length=90),
            Column("position", ("排序", "Position", "序号"), CellType.INTEGER),
            Column("is_offered", ("是否开设", "Offered", "开设"), CellType.BOOLEAN),
        ]
