"""The admin site finds the pages of the office by importing this package."""

from diedie_edu.office.admin import documents, review  # noqa: F401
