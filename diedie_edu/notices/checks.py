"""Settings of the outbox that contradict each other are told before anything is sent."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from diedie_edu.notices.channels.sms import BACKENDS
from diedie_edu.notices.text_messages import LONGEST_ADDRESS


@register()
def check_outbox_settings(**_: object) -> list[CheckMessage]:
    """SMS_BACKEND, SMS_URL, the lease and the length of PORTAL_URL."""
    found: list[CheckMessage] = []
    if settings.SMS_BACKEND not in BACKENDS:
        names = ", ".join(BACKENDS)
        found.append(Error(f"SMS_BACKEND must be one of: {names}.", id="notices.E001"))
    if settings.SMS_BACKEND == "http" and not settings.SMS_URL.startswith(("http://", "https://")):
        found.append(
            Error("SMS_BACKEND=http needs SMS_URL, an http(s) address.", id="notices.E002")
        )
    if max(_longest_call(), settings.EMAIL_TIMEOUT) >= settings.NOTICE_LEASE_SECONDS:
        hint = "A call would still be under way when its message is taken for unknown."
        text = (
            "NOTICE_LEASE_SECONDS must exceed SMS_CONNECT_SECONDS + SMS_READ_SECONDS, and "
            "EMAIL_TIMEOUT."
        )
        found.append(Error(text, hint=hint, id="notices.E003"))
    if len(settings.PORTAL_URL) > LONGEST_ADDRESS:
        text = f"PORTAL_URL is longer than {LONGEST_ADDRESS} signs: text messages cost more."
        found.append(Warning(text, id="notices.W001"))
    return found


def _longest_call() -> float:
    """Of a text message, in seconds: connecting, then all of what is said on both sides."""
    return settings.SMS_CONNECT_SECONDS + settings.SMS_READ_SECONDS
