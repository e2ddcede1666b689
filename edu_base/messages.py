"""What all messages about an application share."""

from diedie_edu.notices.subjects import Subject
from edu_base.models import Application

APPLICATION = Subject("application", Application)
PAGE = "/education/applications/{application}/"
