"""The portal on one machine: real servers, started and stopped by one command.

`python -m diedie_edu.local run` serves the portal, `test` runs the tests, `exec -- COMMAND`
runs a command; each beside a PostgreSQL and a Valkey of its own, unless DATABASE_URL and
CELERY_BROKER_URL name others. Only `prepare` loads Django, and
whatever serves is a copy of the process that has loaded it.
"""
