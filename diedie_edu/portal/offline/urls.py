"""Below the portal's own addresses; included with them."""

from django.urls import path

from diedie_edu.portal.offline import views

urlpatterns = [
    path("worker.js", views.worker, name="worker"),
    path("manifest/<str:language>.webmanifest", views.manifest, name="manifest"),
    path("offline/", views.away, name="away"),
    path("me/offline/", views.own, name="offline"),
    path("me/home-screen/", views.end_hint, name="end_hint"),
]
