"""What all messages about an application share, and the sorts by which staff choose."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Sort
from diedie_edu.notices.subjects import Subject
from edu_base.models import Application

APPLICATION = Subject("application", Application)
GIVEN_WORK = Sort("given_work", _("Buildings to visit, and classes to review"))
OBJECTIONS = Sort("objections", _("Objections to announced names"), rings=False)
PAGE = "/education/applications/{application}/"
