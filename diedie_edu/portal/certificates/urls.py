from django.urls import path

from diedie_edu.portal.certificates.views import checking, papers

urlpatterns = [
    path("me/certificates/<int:pk>/", papers.certificate, name="certificate"),
    path("hours/", papers.public_list, name="public_hours"),
    path("certificates/", checking.check, name="check"),
    path("certificates/<path:number>/", checking.checked, name="certificate_check"),
    path("desk/certificates/", checking.certificates, name="certificates"),
    path("desk/certificates/<int:pk>/revoke/", checking.revoke, name="certificate_revoke"),
]
