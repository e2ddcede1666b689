"""Below the portal's own addresses; included with them."""

from django.urls import path

from diedie_edu.portal.safety.views import desk, devices, second_step

urlpatterns = [
    path("confirm/", second_step.confirm, name="confirm"),
    path("me/second-step/", second_step.second_step, name="second_step"),
    path("me/second-step/set-up/", second_step.set_up, name="second_step_set_up"),
    path("me/second-step/sheet/", second_step.sheet, name="second_step_sheet"),
    path("me/devices/", devices.device_list, name="devices"),
    path("me/devices/everywhere/", devices.everywhere, name="devices_everywhere"),
    path("desk/accounts/<int:pk>/second-step/", desk.end_second_step, name="end_second_step"),
]
