from django.urls import path

from diedie_edu.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job_list"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/cancel/", views.job_cancel, name="job_cancel"),
]
