"""Carrying the outbox out: claim, start, call, settle; reap, reconcile, tidy.

Safe in any number of processes at once, killed at any moment. The row decides, and every step
changes it only from the state it was read in.
"""

from diedie_edu.notices.outbox.rounds import deliver, tick

__all__ = ["deliver", "tick"]
