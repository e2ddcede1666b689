from django.urls import path

from diedie_edu.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/", views.message, name="message"),
    path("delivery/", views.trouble, name="trouble"),
    path("delivery/<int:pk>/again/", views.send_again, name="send_again"),
]
