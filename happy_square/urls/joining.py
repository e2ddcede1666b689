from django.urls import path

from happy_square.views import joining, members, week

urlpatterns = [
    path("week/", week.week, name="week"),
    path("membership/<str:token>/", joining.membership, name="membership"),
    path("entries/", members.entries_to_complete, name="entries"),
    path("entries/complete/", members.complete_entry, name="complete_entry"),
    path("entries/drop/", members.drop_entry, name="drop_entry"),
    path("<int:pk>/join/", joining.join, name="join"),
    path("<int:pk>/leave/", joining.leave, name="leave"),
    path("<int:pk>/accept/", joining.accept, name="accept"),
    path("<int:pk>/try/", joining.try_once, name="try_once"),
    path("<int:pk>/members/<int:member>/wishes/", joining.wishes, name="wishes"),
]
