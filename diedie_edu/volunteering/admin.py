"""Certificates and proofs to look up; their pages issue and revoke them."""

from django.contrib import admin

from diedie_edu.accounts.admin_base import LookUpOnly
from diedie_edu.volunteering.models import Certificate


@admin.register(Certificate)
class CertificateAdmin(LookUpOnly):
    list_display = ["number", "full_name", "first_day", "last_day", "issued_at", "revoked_at"]
    list_filter = ["kind", "year"]
    search_fields = ["number", "full_name"]
    fields = [
        "number",
        "full_name",
        "first_day",
        "last_day",
        "minutes",
        "occasions",
        "topics",
        "issued_at",
        "public_until",
        "revoked_at",
        "revoked_by",
        "revoke_reason",
    ]
