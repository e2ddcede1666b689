"""What messages of Happy Square share: the sorts by which staff choose what rings their phone."""

from django.utils.translation import gettext_noop as _

from diedie_edu.notices.kinds import Sort

GROUPS = Sort("groups", _("Groups: answers, leaders, and children in them"))
GUIDANCE = Sort("guidance", _("Complaints, and answers after visits"), rings=False)
