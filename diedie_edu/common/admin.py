"""What the admin pages of several apps share."""

from django.contrib import admin
from django.http import HttpRequest


class LookUpOnly(admin.ModelAdmin):
    """Rows that only actions write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
