"""The tick that finds its work in the table of jobs."""

from celery import shared_task

from diedie_edu.jobs.actions.run import run_waiting

ROUND = 60  # seconds; the last job of a round has the rest of the task's limit


@shared_task(ignore_result=True)
def run_jobs() -> None:
    run_waiting(ROUND)
