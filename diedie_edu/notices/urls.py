from django.urls import path

from diedie_edu.notices import views
from diedie_edu.notices.views import robots, texts, wechat

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.message, name="message"),
    path("read/", views.all_read, name="all_read"),
    path("phone/", views.phone_choices, name="phone_choices"),
    path("delivery/", views.trouble, name="trouble"),
    path("trial/", texts.trial, name="trial"),
    path("templates/", texts.templates, name="templates"),
    path("robots/", robots.robots, name="robots"),
    path("robots/new/", robots.robot_new, name="robot_new"),
    path("robots/<int:pk>/", robots.robot, name="robot"),
    path("robots/<int:pk>/on/", robots.robot_switch, {"is_on": True}, name="robot_on"),
    path("robots/<int:pk>/off/", robots.robot_switch, {"is_on": False}, name="robot_off"),
    path("robots/<int:pk>/try/", robots.robot_try, name="robot_try"),
    path("wechat/", wechat.own, name="wechat"),
    path("wechat/code/", wechat.show_code, name="wechat_code"),
    path("wechat/through/", wechat.through, name="wechat_through"),
    path("wechat/back/", wechat.back, name="wechat_back"),
    path("wechat/end/", wechat.end, name="wechat_end"),
    path("calls/", views.call_list, name="call_list"),
    path("calls/<int:pk>/", views.calls_about, name="calls_about"),
    path("calls/<int:pk>/reached/", views.reached, name="reached"),
    path("calls/<int:pk>/not-reached/", views.not_reached, name="not_reached"),
    path("delivery/<int:pk>/again/", views.send_again, name="send_again"),
    path("delivery/dealt-with/", views.dealt_with, name="dealt_with"),
    path("delivery/<int:pk>/not-dealt-with/", views.not_dealt_with, name="not_dealt_with"),
]
