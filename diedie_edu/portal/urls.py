from django.urls import path

from diedie_edu.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
]
