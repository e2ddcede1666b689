from django.urls import path

from after_school.views import (
    children,
    collecting,
    enrolling,
    guardian_messages,
    invitations,
    school,
    whereabouts,
)

CHILD = "children/<person:child>/"

urlpatterns = [
    path("", school.school, name="school"),
    path("rules/", school.working_rules, name="rules"),
    path("rules/poster/", school.rules_poster, name="rules_poster"),
    path("rules/confirm/", school.rules_confirm, name="rules_confirm"),
    path("terms/<int:term>/enrol/", enrolling.enrol_step, name="enrol"),
    path("terms/<int:term>/no/", enrolling.enrol_refused, name="enrol_refused"),
    path("children/", children.child_list, name="children"),
    path(CHILD, children.child, name="child"),
    path("where/<str:token>/", whereabouts.where_by_link, name="where_by_link"),
    path(f"{CHILD}messages/", guardian_messages.message_write, name="message_write"),
    path(f"{CHILD}arrivals/", guardian_messages.arrival_switch, name="arrival_switch"),
    path(f"{CHILD}where/", whereabouts.where, name="where"),
    path(f"{CHILD}accept/", children.accept, name="accept"),
    path(f"{CHILD}absence/", children.absence, name="absence"),
    path(f"{CHILD}absence/<int:pk>/take-back/", children.absence_back, name="absence_back"),
    path(f"{CHILD}place/", children.place, name="place"),
    path(f"{CHILD}leave/", children.leave, name="leave"),
    path(f"{CHILD}consent/", children.consent, name="consent"),
    path(f"{CHILD}consent/withdraw/", children.consent_withdraw, name="consent_withdraw"),
    path(f"{CHILD}guardians/", children.guardians, name="guardians"),
    path(f"{CHILD}guardians/<int:pk>/", children.guardian_change, name="guardian_change"),
    path(
        f"{CHILD}guardians/invited/<int:pk>/take-back/",
        invitations.guardian_uninvite,
        name="guardian_uninvite",
    ),
    path("guardians/<str:token>/", invitations.guardian_invitation, name="guardian_invitation"),
    path(f"{CHILD}collectors/", collecting.collectors, name="collectors"),
    path(f"{CHILD}collectors/<int:pk>/bar/", collecting.collector_bar, name="collector_bar"),
    path(f"{CHILD}collectors/<int:pk>/lift/", collecting.bar_lift, name="bar_lift"),
    path(f"{CHILD}passes/new/", collecting.pass_make, name="pass_make"),
    path(f"{CHILD}passes/<int:pk>/take-back/", collecting.pass_back, name="pass_back"),
    path(f"{CHILD}walk-home/", collecting.walk_home, name="walk_home"),
    path(f"{CHILD}walk-home/<int:pk>/take-back/", collecting.walk_home_back, name="walk_home_back"),
]
