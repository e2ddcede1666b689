"""The portal as a WSGI application."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diedie_edu.settings")
django = get_wsgi_application()

from diedie_edu.common.checks import refuse_unfit_database  # noqa: E402  (apps are ready now)
from diedie_edu.common.one_at_a_time import OneAtATime  # noqa: E402

application = OneAtATime(django, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)

refuse_unfit_database()

# What is loaded by now stays for good: going through it again and again while collecting
# garbage took a tenth of every sign-up. The addresses bring in every view and form, which
# the first request would load otherwise.
import_module(settings.ROOT_URLCONF)
gc.freeze()
