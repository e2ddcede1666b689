"""Below the portal's own addresses; included with them."""

from django.urls import path

from diedie_edu.portal.privacy import views

urlpatterns = [
    path("desk/privacy/", views.privacy_notices, name="privacy_notices"),
    path("desk/privacy/new/", views.privacy_new, name="privacy_new"),
    path("desk/privacy/<int:pk>/", views.privacy_version, name="privacy_version"),
    path("desk/privacy/<int:pk>/edit/", views.privacy_edit, name="privacy_edit"),
]
