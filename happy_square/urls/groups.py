from django.urls import path

from happy_square.views import groups

urlpatterns = [
    path("", groups.directory, name="directory"),
    path("<int:pk>/", groups.group, name="group"),
]
