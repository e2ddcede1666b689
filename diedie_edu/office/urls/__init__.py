"""The addresses of the programme office, one file for each noun; all begin with `desk/office/`."""

from django.urls import include, path

from diedie_edu.office.views import desk

app_name = "office"
urlpatterns = [
    path("desk/office/", desk.overview, name="desk"),
    path("", include("diedie_edu.office.urls.budgets")),
    path("", include("diedie_edu.office.urls.documents")),
    path("", include("diedie_edu.office.urls.contacts")),
    path("", include("diedie_edu.office.urls.spending")),
    path("", include("diedie_edu.office.urls.rulebook")),
    path("", include("diedie_edu.office.urls.summaries")),
]
