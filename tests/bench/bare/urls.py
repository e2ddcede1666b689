from django.urls import path

from tests.bench.bare import views

urlpatterns = [
    path("lectures/", views.lecture_list),
    path("lectures/<int:pk>/", views.lecture_detail),
    path("files/<str:file_key>", views.file),
    path("activities/<int:pk>/sign-up/", views.sign_up),
]
