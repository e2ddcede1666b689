"""Settings of the outbox that contradict each other are told before anything is sent."""

import re
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError

from diedie_edu.notices.channels.sms import BACKENDS
from diedie_edu.notices.queries.templates import signature
from diedie_edu.notices.text_messages import LONGEST_ADDRESS

KEY = re.compile(r"[\w-]{22,64}", re.ASCII)
OF_ALL = ("SMS_KEY_ID", "SMS_KEY_SECRET", "SMS_SIGNATURE")
WECHAT = ("WECHAT_APP_ID", "WECHAT_APP_SECRET", "WECHAT_TOKEN")
AES_KEY = re.compile(r"[A-Za-z0-9]{43}", re.ASCII)
VERIFY = re.compile(r"[A-Za-z0-9]{8,64}", re.ASCII)
NEEDED = {"alibaba": OF_ALL, "tencent": (*OF_ALL, "SMS_APP_ID")}


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
    longest = max(_longest_call(), settings.EMAIL_TIMEOUT, 3 * settings.WECHAT_SECONDS)
    if longest >= settings.NOTICE_LEASE_SECONDS:
        hint = "A call would still be under way when its message is taken for unknown."
        text = (
            "NOTICE_LEASE_SECONDS must exceed SMS_CONNECT_SECONDS + SMS_READ_SECONDS, "
            "EMAIL_TIMEOUT, and three times WECHAT_SECONDS."
        )
        found.append(Error(text, hint=hint, id="notices.E003"))
    found += [*_of_providers(), *_of_wechat()]
    if settings.SMS_RECEIPT_KEY and not KEY.fullmatch(settings.SMS_RECEIPT_KEY):
        text = "SMS_RECEIPT_KEY is 22 to 64 letters, digits, - or _, beyond guessing."
        found.append(Error(text, id="notices.E006"))
    if len(settings.PORTAL_URL) > LONGEST_ADDRESS:
        text = f"PORTAL_URL is longer than {LONGEST_ADDRESS} signs: text messages cost more."
        found.append(Warning(text, id="notices.W001"))
    return found


def _of_providers() -> list[CheckMessage]:
    """What a provider needs; the signature is put in brackets over there."""
    missing = [name for name in NEEDED.get(settings.SMS_BACKEND, ()) if not getattr(settings, name)]
    found: list[CheckMessage] = []
    if missing:
        text = f"SMS_BACKEND={settings.SMS_BACKEND} needs {', '.join(missing)}."
        found.append(Error(text, id="notices.E005"))
    if set(settings.SMS_SIGNATURE) & set("【】[]"):
        found.append(Error("SMS_SIGNATURE stands without brackets.", id="notices.E007"))
    return found


def _of_wechat() -> Iterator[CheckMessage]:
    """All of the official account, or nothing of it."""
    known = {name: getattr(settings, name) for name in WECHAT}
    missing = [name for name, value in known.items() if not value]
    if len(missing) < len(WECHAT) and missing:
        yield Error(f"An official account at WeChat needs {', '.join(missing)}.", id="notices.E008")
    if settings.WECHAT_AES_KEY and not AES_KEY.fullmatch(settings.WECHAT_AES_KEY):
        yield Error("WECHAT_AES_KEY is 43 letters and digits.", id="notices.E009")
    if settings.WECHAT_VERIFY and not VERIFY.fullmatch(settings.WECHAT_VERIFY):
        text = "WECHAT_VERIFY is what stands in MP_verify_….txt: letters and digits alone."
        yield Error(text, id="notices.E010")


@register(Tags.database)
def check_signature(databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """What a provider signs by is what our own words are signed by."""
    if not databases or settings.SMS_BACKEND not in NEEDED:
        return []
    try:
        ours = signature()
    except DatabaseError:  # before the tables are made
        return []
    if ours == settings.SMS_SIGNATURE:
        return []
    text = f"SMS_SIGNATURE is not what text messages are signed by: 【{ours}】."
    return [Warning(text, id="notices.W002")]


def _longest_call() -> float:
    """Of a text message, in seconds: connecting, then all of what is said on both sides."""
    return settings.SMS_CONNECT_SECONDS + settings.SMS_READ_SECONDS
