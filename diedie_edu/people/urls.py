from django.urls import path, re_path

from diedie_edu.people import views

app_name = "people"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.import_new, name="import_new"),
    path("imports/<int:pk>/", views.import_job, name="import_job"),
    path("imports/<int:pk>/confirm/", views.import_confirm, name="import_confirm"),
    path("imports/<int:pk>/discard/", views.import_discard, name="import_discard"),
    path("imports/template/<slug:kind>/", views.import_template, name="import_template"),
    re_path(r"^export/(?P<kind>[a-z]+)\.(?P<extension>xlsx|csv)$", views.export, name="export"),
]
