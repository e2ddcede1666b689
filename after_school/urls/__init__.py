"""The addresses of the 4:30 school: guardians' under school/, staff's under desk/school/."""

from django.urls import include, path

app_name = "after_school"
urlpatterns = [
    path("school/", include("after_school.urls.guardians")),
    path("desk/school/", include("after_school.urls.staff")),
    path("desk/school/", include("after_school.urls.session")),
    path("desk/school/", include("after_school.urls.roster")),
    path("school/", include("after_school.urls.duties")),
]
