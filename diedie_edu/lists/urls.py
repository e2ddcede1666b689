from django.urls import path, re_path

from diedie_edu.lists import views

app_name = "lists"
urlpatterns = [
    path("", views.import_list, name="imports"),
    path("new/", views.import_new, name="import_new"),
    path("<int:pk>/", views.import_job, name="import_job"),
    path("<int:pk>/confirm/", views.import_confirm, name="import_confirm"),
    path("<int:pk>/discard/", views.import_discard, name="import_discard"),
    path("template/<slug:kind>/", views.import_template, name="import_template"),
    re_path(r"^export/(?P<kind>[a-z]+)\.(?P<extension>xlsx|csv)$", views.export, name="export"),
    re_path(
        r"^export/(?P<kind>[a-z]+)/(?P<pk>[0-9]{1,12})\.(?P<extension>xlsx|csv)$",
        views.export_of,
        name="export_of",
    ),
]
