from django.urls import URLPattern

app_name = "residents_school"
urlpatterns: list[URLPattern] = []
