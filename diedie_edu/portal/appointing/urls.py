"""Below the portal's own addresses; included with them."""

from django.urls import path

from diedie_edu.portal.appointing import views

urlpatterns = [
    path("desk/accounts/", views.appointing, name="appointing"),
    path("desk/accounts/<int:pk>/", views.appointed, name="appointed"),
    path("desk/accounts/roles/<int:pk>/take/", views.take_role, name="take_role"),
]
