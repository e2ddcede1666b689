from django.urls import path

from diedie_edu.portal.learning.views import certificates, record

urlpatterns = [
    path("me/learning/", record.learning, name="learning"),
    path("me/learning/file.<str:extension>", record.export, name="learning_export"),
    path("me/learning/certificates/<int:pk>/", record.certificate, name="certificate"),
    path("certificates/", certificates.check, name="check"),
    path("certificates/<str:number>/", certificates.checked, name="certificate_check"),
    path("desk/certificates/", certificates.certificates, name="certificates"),
    path("desk/certificates/<int:pk>/revoke/", certificates.revoke, name="certificate_revoke"),
]
