from django.contrib import admin

from tests.fifth_programme.models import Gardening


@admin.register(Gardening)
class GardeningAdmin(admin.ModelAdmin):
    list_display = ["title", "crop"]
