from django.urls import path

from edu_base.views import enterprises, nominations

DESK = "desk/education/enterprises/"
urlpatterns = [
    path("education/nominating/<str:token>/", nominations.nominating, name="nominating"),
    path("education/nominated/<str:token>/", nominations.nominated, name="nominated"),
    path(DESK, enterprises.enterprise_list, name="enterprises"),
    path(f"{DESK}new/", enterprises.enterprise_new, name="enterprise_new"),
    path(f"{DESK}<int:pk>/", enterprises.enterprise, name="enterprise"),
    path(f"{DESK}<int:pk>/change/", enterprises.enterprise_change, name="enterprise_change"),
    path(f"{DESK}places/<int:pk>/link/", enterprises.send_link, name="nominating_send"),
    path(f"{DESK}places/<int:pk>/nominate/", enterprises.nominate, name="nominate"),
    path(f"{DESK}nominations/<int:pk>/", enterprises.nomination_end, name="nomination_end"),
]
