"""The addresses of the programme office, one file for each noun; all begin with `desk/office/`."""

from django.urls import include, path

from diedie_edu.office.views import desk, versions

app_name = "office"
urlpatterns = [
    path("desk/office/", desk.overview, name="desk"),
    path("desk/office/versions/<int:pk>/", versions.version, name="version"),
    path("", include("diedie_edu.office.urls.contacts")),
]
