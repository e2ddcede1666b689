from django.urls import path

from diedie_edu.portal.learning.views import record

urlpatterns = [
    path("me/learning/", record.learning, name="learning"),
    path("me/learning/file.<str:extension>", record.export, name="learning_export"),
]
