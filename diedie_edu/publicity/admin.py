"""Posts, pictures and records to look up; working with them has pages of its own."""

from django.contrib import admin

from diedie_edu.accounts.admin_base import LookUpOnly
from diedie_edu.publicity.models import OutwardRecord, Picture, Post


@admin.register(Post)
class PostAdmin(LookUpOnly):
    list_display = ["title", "programme", "state", "publish_at", "pinned_until"]
    list_filter = ["state", "programme"]
    search_fields = ["title", "text"]
    fields = [
        *("programme", "title", "text", "state", "publish_at", "pinned_until", "changed_at"),
        *("published_by", "taken_down_at", "taken_down_by", "taken_down_reason"),
    ]


@admin.register(Picture)
class PictureAdmin(LookUpOnly):
    list_display = ["alt", "programme", "faces", "told_at"]
    list_filter = ["faces", "programme"]
    search_fields = ["alt"]
    fields = ["programme", "alt", "faces", "told_at", "told_by"]


@admin.register(OutwardRecord)
class OutwardRecordAdmin(LookUpOnly):
    list_display = ["what", "way", "went_out_on", "place", "programme", "over_on"]
    list_filter = ["way", "programme"]
    search_fields = ["what", "place"]
    fields = [
        *("programme", "way", "went_out_on", "what", "place", "link", "post", "picture"),
        *("over_on", "entered_at", "entered_by"),
    ]
