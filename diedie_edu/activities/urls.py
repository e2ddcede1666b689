from django.urls import path

from diedie_edu.activities import views

app_name = "activities"
urlpatterns = [
    path("<int:pk>/sign-up/", views.activity_sign_up, name="sign_up"),
    path("<int:pk>/cancel/", views.activity_cancel, name="cancel"),
]
