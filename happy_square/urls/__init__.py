"""The addresses of Happy Square, one file for each noun."""

from django.urls import include, path

app_name = "happy_square"
urlpatterns = [
    path("festivals/", include("happy_square.urls.festivals")),
    path("groups/", include("happy_square.urls.groups")),
    path("groups/", include("happy_square.urls.joining")),
    path("groups/<int:pk>/run/", include("happy_square.urls.running")),
    path("desk/square/", include("happy_square.urls.guidance")),
    path("square/", include("happy_square.urls.square")),
]
