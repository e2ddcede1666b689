"""What publicity brings to the shared rooms."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diedie_edu.accounts.permissions import AdminModels, Permission
from diedie_edu.common.manifests import Manifest
from diedie_edu.common.merging import Meeting, own_goes, own_stays_behind
from diedie_edu.common.parts import DeskProblems, HomePanels, MyPagePanels, OfficeEntry
from diedie_edu.common.peeks import Peek
from diedie_edu.files.kinds import FileKind
from diedie_edu.people.endings import Endings
from diedie_edu.people.parts import PersonSection
from diedie_edu.publicity.actions import consents, ended_again, pictures
from diedie_edu.publicity.actions.review import POST_REVIEW
from diedie_edu.publicity.demo import SEASON
from diedie_edu.publicity.queries import panels
from diedie_edu.publicity.queries.figures import PUBLICITY
from diedie_edu.publicity.queries.person import person_sections
from diedie_edu.publicity.queries.pictures import may_read_picture

LOOKED_UP = tuple(f"view:publicity.{name}" for name in ("post", "picture", "outwardrecord"))
PUBLISH = Permission.PUBLISH

MANIFEST = Manifest(
    parts=(
        *ended_again.ENDINGS,
        # A permission is never withdrawn by others than the person: both stay as they were given.
        Meeting("picture_consent_once", own_stays_behind),
        Meeting("person_in_a_picture_once", own_goes),
        OfficeEntry(50, _("Posts and news"), "publicity:desk", "megaphone", PUBLISH),
        OfficeEntry(
            52, pgettext_lazy("of publicity", "Pictures"), "publicity:pictures", "photo", PUBLISH
        ),
        OfficeEntry(54, _("Picture permissions"), "publicity:consents", "hand-raised", PUBLISH),
        OfficeEntry(56, _("What went out"), "publicity:records", "paper-airplane", PUBLISH),
        OfficeEntry(58, _("Posters of activities"), "publicity:posters", "printer", PUBLISH),
        POST_REVIEW,
        PUBLICITY,
        FileKind(pictures.KIND, may_read_picture, is_shown=True),
        Endings(child_locked=consents.child_locked, erased=consents.forget_person),
        HomePanels(panels.home_panels),
        MyPagePanels(panels.my_panels, (Peek(panels.own_consents),)),
        DeskProblems(panels.problems, panels.PEEKS),
        PersonSection(person_sections),
        AdminModels(PUBLISH, LOOKED_UP),
        SEASON,
    )
)
