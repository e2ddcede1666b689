"""Celery, which only rings bells: settings, from the environment.

Its tasks carry nothing and find their work in tables.
"""

from environ import Env as _Env

_env = _Env()

CELERY_BROKER_URL = _env("CELERY_BROKER_URL", default="redis://localhost:6379/0")
CELERY_TASK_DEFAULT_QUEUE = _env("CELERY_QUEUE", default="diedie_edu")
# Celery only rings the bell: its tasks carry nothing and find their work in tables. So a bell
# that is lost with its worker is not rung again (early acknowledgement): the next one comes in
# seconds, and a bell that a broker brings back hours later is what doubles work.
CELERY_TASK_ACKS_LATE = False
CELERY_TASK_IGNORE_RESULT = True
# A task ends, whatever holds it up (seconds): it is told, then its process is ended, and what it
# had in hand is taken up by its lease. Tasks that come every few seconds have less.
CELERY_TASK_SOFT_TIME_LIMIT = 900
CELERY_TASK_TIME_LIMIT = 930
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # no bell waits behind a busy process
# A bell uses the connection of the one before (`diedie_edu.celery` lets old and broken ones go);
# Celery would open one for each, 60,000 a day.
CELERY_DB_REUSE_MAX = 10**9
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False  # what a console gateway prints stays as it is
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
# A broker that is away, silent or emptied holds nobody up: whoever speaks to it gives up in
# seconds and tries anew, for ever. Web requests never speak to it at all.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 2,
    "socket_timeout": 2,
    "health_check_interval": 5,
    "visibility_timeout": 300,
}
CELERY_TASK_PUBLISH_RETRY = False  # beat's next bell is the retry
CELERY_BEAT_SCHEDULER = "diedie_edu.notices.beat:Beat"
CELERY_BEAT_MAX_LOOP_INTERVAL = 5

# The bells. A bell expires before the next but one, so that missed ones never pile up.
NOTICE_DELIVER_SECONDS = _env.float("NOTICE_DELIVER_SECONDS", 3)
NOTICE_TICK_SECONDS = _env.float("NOTICE_TICK_SECONDS", 30)
CELERY_BEAT_SCHEDULE = {
    "deliver": {
        "task": "diedie_edu.notices.tasks.deliver",
        "schedule": NOTICE_DELIVER_SECONDS,
        "options": {"expires": 2 * NOTICE_DELIVER_SECONDS},
    },
    "tick": {
        "task": "diedie_edu.notices.tasks.tick",
        "schedule": NOTICE_TICK_SECONDS,
        "options": {"expires": 2 * NOTICE_TICK_SECONDS},
    },
    "carry_endings": {
        "task": "diedie_edu.keeping.tasks.carry_endings",
        "schedule": 30,
        "options": {"expires": 60},
    },
    "run_jobs": {
        "task": "diedie_edu.jobs.tasks.run_jobs",
        "schedule": 3,
        "options": {"expires": 6},
    },
    **{
        task.rpartition(".")[2]: {"task": task, "schedule": 3600, "options": {"expires": 3600}}
        for task in (
            "diedie_edu.keeping.tasks.back_up_nightly",
            "diedie_edu.keeping.tasks.watch_guards",
            "diedie_edu.lists.tasks.tidy_up_imports",
            "diedie_edu.files.tasks.sweep",
            "diedie_edu.people.tasks.apply_retention",
            "diedie_edu.people.tasks.erase_who_asked",
            "diedie_edu.decisions.tasks.erase_old_requests",
            "diedie_edu.accounts.tasks.tidy",
        )
    },
}
