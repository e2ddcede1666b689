"""Partner organisations; their list goes in and out through django-import-export."""

from collections.abc import Sequence

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from diedie_edu.accounts.admin_base import PortalAdmin
from diedie_edu.common.exchange import ListAdminMixin, ListResource
from diedie_edu.common.spreadsheets.columns import CellType, Column
from diedie_edu.people.admin.lists import masked_phone
from diedie_edu.people.forms import PhoneForm
from diedie_edu.people.models import Organisation

KINDS = {
    Organisation.Kind.CIVIL_GROUP: ("民间组织", "civil group", "民间团体"),
    Organisation.Kind.ASSOCIATION: ("协会", "association", "社团", "俱乐部"),
    Organisation.Kind.ENTERPRISE: ("企业", "enterprise", "公司"),
    Organisation.Kind.SCHOOL: ("学校", "school"),
}


class OrganisationResource(ListResource):
    class Meta(ListResource.Meta):
        model = Organisation
        import_id_fields = ["title"]
        fields = ["title", "kind", "contact", "phone", "note"]


@admin.register(Organisation)
class OrganisationAdmin(ListAdminMixin, PortalAdmin):
    form = PhoneForm
    resource_classes = [OrganisationResource]
    list_display = ["title", "kind", "contact", masked_phone]
    list_filter = ["kind"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["title", "contact"]

    def list_columns(self) -> Sequence[Column]:
        return [
            Column("title", ("单位名称", "Name", "名称", "组织名称"), required=True, max_length=80),
            Column(
                "kind", ("单位类型", "Kind", "类型"), CellType.CHOICE, choices=KINDS, required=True
            ),
            Column("contact", ("联系人", "Contact person"), max_length=50),
            Column("phone", ("联系电话", "Contact phone", "电话", "手机"), CellType.PHONE),
            Column("note", ("备注", "Note"), help=_("Anything worth knowing.")),
        ]
