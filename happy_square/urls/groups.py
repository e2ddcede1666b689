from django.urls import path

from happy_square.views import (
    applications,
    children,
    details,
    finder,
    findings,
    groups,
    leading,
    standing,
)

urlpatterns = [
    path("", groups.directory, name="directory"),
    path("find/", finder.find, name="find"),
    path("apply/", applications.application_new, name="application_new"),
    path("apply/paper/", applications.application_paper, name="application_paper"),
    path("apply/<int:pk>/", applications.application_change, name="application_change"),
    path("<int:pk>/", groups.group, name="group"),
    path("<int:pk>/children/", children.children, name="children"),
    path("<int:pk>/children/paper/", children.children_paper, name="children_paper"),
    path(
        "<int:pk>/children/<int:consent>/withdraw/",
        children.children_withdraw,
        name="children_withdraw",
    ),
    path("<int:pk>/leader/", leading.leading, name="leading"),
    path("<int:pk>/leader/<int:leadership>/end/", leading.leading_end, name="leading_end"),
    path("<int:pk>/leader/phone/", leading.leading_phone, name="leading_phone"),
    path("<int:pk>/leader/offer/", leading.hand_over_offer, name="hand_over_offer"),
    path("<int:pk>/leader/take-back/", leading.hand_over_back, name="hand_over_back"),
    path("<int:pk>/hand-over/", leading.hand_over, name="hand_over"),
    path("<int:pk>/details/", details.details, name="details"),
    path("<int:pk>/filing/", details.filing, name="filing"),
    path("<int:pk>/pictures/", details.pictures, name="pictures"),
    path("<int:pk>/pictures/<int:picture>/permit/", details.picture_permit, name="picture_permit"),
    path("<int:pk>/pictures/<int:picture>/remove/", details.picture_remove, name="picture_remove"),
    path("<int:pk>/poster/", details.poster, name="poster"),
    path("<int:pk>/standing/", standing.standing, name="standing"),
    path("<int:pk>/standing/<slug:change>/", standing.standing_change, name="standing_change"),
    path("<int:pk>/answer/", standing.answer, name="answer"),
    path("<int:pk>/findings/", findings.of_own_group, name="group_findings"),
]
