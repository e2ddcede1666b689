"""Below the portal's own addresses; included with them."""

from django.urls import path

from diedie_edu.portal.trail import views

urlpatterns = [path("desk/trail/", views.trail, name="trail")]
