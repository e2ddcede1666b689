from django.urls import path

from diedie_edu.portal.service import views

urlpatterns = [path("me/hours/", views.my_hours, name="my_hours")]
