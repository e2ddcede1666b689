"""Figures: the page of all programmes, of each one, and the sessions behind them."""

from django.urls import path, re_path

from diedie_edu.figures.views import exports, pages, sessions

app_name = "figures"
urlpatterns = [
    path("desk/figures/", pages.dashboard, name="dashboard"),
    path("desk/figures/sessions/<str:key>/", sessions.all_sessions, name="all_sessions"),
    re_path(
        r"^desk/figures/(?P<key>[a-z0-9-]{1,30})\.(?P<extension>xlsx|csv)$",
        exports.export,
        name="export",
    ),
    re_path(
        r"^desk/figures/(?P<slug>[a-z0-9-]+)/sessions/(?P<key>[a-z0-9-]{1,30})\.xlsx$",
        sessions.sessions_export,
        name="sessions_export",
    ),
    path("desk/figures/<slug:slug>/", pages.programme, name="programme"),
    path("desk/figures/<slug:slug>/sessions/<str:key>/", sessions.sessions, name="sessions"),
]
