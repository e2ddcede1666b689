from django.urls import path

from edu_base.views import campaign, event_staff, events

PREPARE = "desk/education/events/<int:pk>/"

urlpatterns = [
    path("education/events/", events.event_list, name="event_list"),
    path("education/events/<int:pk>/", events.event, name="event"),
    path("education/events/<int:pk>/poster/", events.poster, name="event_poster"),
    path("education/enterprise-offers/<int:pk>/interest/", events.interest, name="offer_interest"),
    path("education/enterprise-offers/<str:token>/", events.offer_answer, name="offer_answer"),
    path("desk/education/campaign/", campaign.campaign, name="campaign"),
    path("desk/education/campaign/<year:year>/", campaign.campaign, name="campaign_of"),
    path("desk/education/campaign/<year:year>/copy/", campaign.copy, name="campaign_copy"),
    path(
        "desk/education/campaign/<year:year>/milestones/new/",
        campaign.milestone_add,
        name="milestone_add",
    ),
    path("desk/education/milestones/<int:pk>/", campaign.milestone_change, name="milestone"),
    path(
        "desk/education/milestones/<int:pk>/tick/", campaign.milestone_tick, name="milestone_tick"
    ),
    path(
        "desk/education/milestones/<int:pk>/remove/",
        campaign.milestone_remove,
        name="milestone_remove",
    ),
    path("desk/education/events/new/", event_staff.event_create, name="event_create"),
    path(PREPARE, event_staff.event_prepare, name="event_prepare"),
    path(f"{PREPARE}change/", event_staff.event_change, name="event_change"),
    path(f"{PREPARE}announce/", event_staff.event_announce, name="event_announce"),
    path(f"{PREPARE}call-off/", event_staff.event_call_off, name="event_call_off"),
    path(f"{PREPARE}helpers/", event_staff.helper_add, name="event_helper_add"),
    path(
        f"{PREPARE}helpers/<int:row>/release/",
        event_staff.helper_release,
        name="event_helper_release",
    ),
    path(f"{PREPARE}offers/", event_staff.offer_add, name="offer_add"),
    path(f"{PREPARE}offers/<int:row>/remove/", event_staff.offer_remove, name="offer_remove"),
    path(f"{PREPARE}interests/", event_staff.interest_add, name="interest_add"),
    path(f"{PREPARE}interests/answer/", event_staff.interest_answer, name="interest_answer"),
]
