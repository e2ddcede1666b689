"""Below the portal's own addresses; included with them."""

from django.urls import path

from diedie_edu.portal.calendar.views import feeds, pages

urlpatterns = [
    path("calendar/", pages.month, name="calendar_month"),
    path("calendar/<int:year>/<int:month>/", pages.month, name="month_of"),
    path("calendar/week/", pages.week, name="calendar_week"),
    path("calendar/week/<int:year>/<int:month>/<int:day>/", pages.week, name="week_of"),
    path("calendar/poster/", pages.poster, name="poster"),
    path("calendar/poster/<int:year>/<int:month>/<int:day>/", pages.poster, name="poster_of"),
    path("calendar/feeds/<str:token>.ics", feeds.own, name="own_feed"),
    path("me/calendar/", feeds.my_feed, name="my_feed"),
    path("me/calendar/renew/", feeds.my_feed_renew, name="my_feed_renew"),
    path("me/calendar/revoke/", feeds.my_feed_revoke, name="my_feed_revoke"),
    path("programmes/<slug:slug>/calendar.ics", feeds.programme, name="programme_feed"),
    path("activities/<int:pk>/calendar.ics", feeds.activity, name="activity_calendar"),
]
