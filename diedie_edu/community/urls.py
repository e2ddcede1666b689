from django.urls import path

from diedie_edu.community import views

app_name = "community"
urlpatterns = [path("desk/community/", views.facts, name="facts")]
