from django.urls import include, path

from diedie_edu.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("me/", views.my_page, name="my_page"),
    path("desk/", views.desk, name="desk"),
    path("programmes/<slug:slug>/", views.programme, name="programme"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("", include("diedie_edu.portal.appointing.urls")),
    path("", include("diedie_edu.portal.beginning.urls")),
    path("", include("diedie_edu.portal.calendar.urls")),
    path("", include("diedie_edu.portal.certificates.urls")),
    path("", include("diedie_edu.portal.learning.urls")),
    path("", include("diedie_edu.portal.offline.urls")),
    path("", include("diedie_edu.portal.own.urls")),
    path("", include("diedie_edu.portal.register.urls")),
    path("", include("diedie_edu.portal.phones.urls")),
    path("", include("diedie_edu.portal.privacy.urls")),
    path("", include("diedie_edu.portal.rooms.urls")),
    path("", include("diedie_edu.portal.safety.urls")),
    path("", include("diedie_edu.portal.service.urls")),
    path("", include("diedie_edu.portal.trail.urls")),
    path("style/", views.style, name="style"),
    path("view/", views.view_mode, name="view_mode"),
]
