from django.contrib import admin

from diedie_edu.accounts.admin_base import PortalAdmin
from tests.fifth_programme.models import Gardening


@admin.register(Gardening)
class GardeningAdmin(PortalAdmin):
    list_display = ["title", "crop"]
