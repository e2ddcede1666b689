from django.urls import re_path

from diedie_edu.files import views

app_name = "files"
urlpatterns = [re_path(r"^(?P<file_key>[0-9a-f]{32})$", views.file, name="file")]
