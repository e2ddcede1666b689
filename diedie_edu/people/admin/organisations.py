"""Partner organisations."""

from django.contrib import admin

from diedie_edu.accounts.admin_base import PortalAdmin
from diedie_edu.lists.admin import ListIn, ListOut
from diedie_edu.people.admin.lists import masked_phone
from diedie_edu.people.forms import OrganisationForm
from diedie_edu.people.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(ListIn, ListOut, PortalAdmin):
    list_slug = "partners"
    form = OrganisationForm
    list_display = ["title", "kind", "contact", masked_phone]
    list_filter = ["kind"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["title", "contact"]
