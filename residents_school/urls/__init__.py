"""The addresses of the residents' school, one file for each noun."""

from django.urls import include, path

app_name = "residents_school"
urlpatterns = [
    path("lectures/", include("residents_school.urls.lectures")),
    path("needs/", include("residents_school.urls.needs")),
    path("desk/needs/", include("residents_school.urls.desk_needs")),
]
