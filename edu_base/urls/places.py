from django.urls import path

from edu_base.views import announcing, objections, offers, places

urlpatterns = [
    path("education/announcements/", announcing.announcements, name="announcements"),
    path("education/announcements/<int:pk>/", announcing.announcement, name="announcement"),
    path("education/announcements/<int:pk>/object/", objections.write, name="object"),
    path("education/objections/<str:token>/", objections.outcome, name="objection_outcome"),
    path("education/offers/<str:token>/", offers.offer, name="offer"),
    path("desk/education/classes/<int:pk>/places/", places.places, name="places"),
    path("desk/education/classes/<int:pk>/propose/", places.propose, name="propose"),
    path("desk/education/classes/<int:pk>/announce/", announcing.announce, name="announce"),
    path("desk/education/classes/<int:pk>/resolve/", announcing.resolve, name="resolve"),
    path("desk/education/classes/<int:pk>/report/", places.report, name="report"),
    path("desk/education/classes/<int:pk>/offer-next/", places.offer_next, name="offer_next"),
    path(
        "desk/education/classes/<int:pk>/close-reserve/",
        places.close_reserve,
        name="close_reserve",
    ),
    path("desk/education/classes/<int:pk>/object/", objections.enter, name="objection_enter"),
    path("desk/education/applications/<int:pk>/place/", places.place_one, name="place_one"),
    path("desk/education/applications/<int:pk>/take-back/", places.take_back, name="take_back"),
    path("desk/education/objections/", objections.objection_list, name="objection_list"),
    path("desk/education/objections/<int:pk>/", objections.objection, name="objection"),
]
