from django.urls import path

from happy_square.views import applications, groups

urlpatterns = [
    path("", groups.directory, name="directory"),
    path("apply/", applications.application_new, name="application_new"),
    path("apply/paper/", applications.application_paper, name="application_paper"),
    path("apply/<int:pk>/", applications.application_change, name="application_change"),
    path("<int:pk>/", groups.group, name="group"),
]
