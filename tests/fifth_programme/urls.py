from django.urls import path

from tests.fifth_programme import views

app_name = "fifth_programme"
urlpatterns = [
    path("garden/", views.garden, name="garden"),
    path("garden/<int:pk>/", views.gardening, name="gardening"),
    path("desk/garden/<int:pk>/", views.change, name="change"),
]
