"""Whom pages of the programme office are for."""

from diedie_edu.accounts.access import requires
from diedie_edu.accounts.permissions import Permission

reads = requires(Permission.READ_OFFICE)
keeps = requires(Permission.KEEP_OFFICE)
reviews = requires(Permission.REVIEW_OFFICE)
