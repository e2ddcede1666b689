"""Every address of the portal; tests/test_access.py holds the table of who may open it."""

from django.conf.urls.i18n import urlpatterns as i18n_patterns
from django.contrib import admin
from django.urls import include, path

from diedie_edu.accounts.access import public
from diedie_edu.common.manifests import programmes
from diedie_edu.notices.views import healthz, short_link
from diedie_edu.notices.views.texts import receipts
from diedie_edu.notices.views.wechat import callback, verify

for pattern in i18n_patterns:
    public(pattern.callback)  # type: ignore[arg-type]

handler400 = "diedie_edu.common.last_resort.bad_request"
handler500 = "diedie_edu.common.last_resort.server_error"

# What opens most often stands where few patterns are tried before it.
urlpatterns = [
    path("files/", include("diedie_edu.files.urls")),
    path("", include("diedie_edu.portal.urls")),
    path("", include("diedie_edu.portal.sign_in.urls")),
    path("", include("diedie_edu.activities.urls")),
    path("", include("diedie_edu.volunteering.urls")),
    path("", include("diedie_edu.door.urls")),
    *(path("", include(row.urls)) for row in programmes().values() if row.urls),
    path("", include("diedie_edu.office.urls")),
    path("", include("diedie_edu.publicity.urls")),
    path("", include("diedie_edu.figures.urls")),
    path("", include("diedie_edu.venues.urls")),
    path("", include("diedie_edu.decisions.urls")),
    path("messages/", include("diedie_edu.notices.urls")),
    path("people/", include("diedie_edu.lists.urls")),
    path("", include("diedie_edu.community.urls")),
    path("jobs/", include("diedie_edu.jobs.urls")),
    path("language/", include(i18n_patterns)),
    path("healthz", healthz, name="healthz"),
    path("receipts/<str:key>/", receipts, name="receipts"),
    path("wechat/", callback, name="wechat_callback"),
    path("MP_verify_<str:key>.txt", verify, name="wechat_verify"),
    path("m/<path:key>", short_link, name="short_link"),
    path("admin/", admin.site.urls),
]
