"""The addresses of the education base, one file for each noun. Residents have `education/`, staff
`desk/education/`."""

from django.urls import include, path

from edu_base.views import desk

app_name = "edu_base"
urlpatterns = [
    path("desk/education/", desk.overview, name="desk"),
    path("", include("edu_base.urls.applying")),
    path("", include("edu_base.urls.review")),
    path("", include("edu_base.urls.places")),
    path("", include("edu_base.urls.mobilising")),
    path("", include("edu_base.urls.dream")),
    path("", include("edu_base.urls.grants")),
    path("", include("edu_base.urls.campaign")),
    path("", include("edu_base.urls.lists")),
]
