from django.urls import path

from happy_square.views import festival_order, festival_staff, festivals

urlpatterns = [
    path("", festivals.festival_list, name="festival_list"),
    path("<int:pk>/", festivals.festival, name="festival"),
    path("invitations/<int:pk>/", festivals.invitation, name="festival_invitation"),
    path("staff/", festival_staff.festival_list, name="staff_festival_list"),
    path("staff/new/", festival_staff.festival_create, name="festival_create"),
    path("staff/<int:pk>/", festival_staff.festival_change, name="festival_change"),
    path("staff/<int:pk>/announce/", festival_staff.festival_announce, name="festival_announce"),
    path("staff/<int:pk>/call-off/", festival_staff.festival_call_off, name="festival_call_off"),
    path("staff/<int:pk>/sheet/", festival_staff.festival_sheet, name="festival_sheet"),
    path("staff/<int:pk>/order/", festival_order.order, name="festival_order"),
    path("staff/<int:pk>/order/send/", festival_order.send_order, name="festival_send_order"),
    path("staff/<int:pk>/items/new/", festival_order.item_add, name="festival_item_add"),
    path("staff/<int:pk>/items/<int:item>/", festival_order.item_change, name="festival_item"),
    path(
        "staff/<int:pk>/items/<int:row>/move/",
        festival_order.item_move,
        name="festival_item_move",
    ),
    path(
        "staff/<int:pk>/items/<int:row>/remove/",
        festival_order.item_remove,
        name="festival_item_remove",
    ),
    path("staff/<int:pk>/groups/", festival_order.invite, name="festival_invite"),
    path(
        "staff/<int:pk>/groups/<int:row>/take-back/",
        festival_order.withdraw,
        name="festival_withdraw",
    ),
    path("staff/<int:pk>/rehearsals/", festival_order.rehearsal_add, name="rehearsal_add"),
    path(
        "staff/<int:pk>/rehearsals/<int:row>/call-off/",
        festival_order.rehearsal_off,
        name="rehearsal_off",
    ),
    path("staff/<int:pk>/helpers/", festival_order.helper_add, name="festival_helper_add"),
    path(
        "staff/<int:pk>/helpers/<int:row>/release/",
        festival_order.helper_release,
        name="festival_helper_release",
    ),
]
