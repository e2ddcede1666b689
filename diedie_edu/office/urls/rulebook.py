from django.urls import path

from diedie_edu.office.views import rulebook

RULES = "desk/office/rules/"

urlpatterns = [
    path(RULES, rulebook.rulebooks, name="rulebooks"),
    path(f"{RULES}<int:pk>/", rulebook.rulebook_version, name="rulebook_version"),
    path(f"{RULES}<slug:slug>/write/", rulebook.rulebook_write, name="rulebook_write"),
]
