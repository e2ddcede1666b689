"""How messages leave the house, and in which rhythm: settings, from the environment."""

from pathlib import Path as _Path

from environ import Env as _Env

_env = _Env()
_VAR = _Path(__file__).resolve().parent.parent / "var"

SMS_BACKEND = _env("SMS_BACKEND", default="console")  # console, file, http, alibaba or tencent
SMS_FILE = _Path(_env("SMS_FILE", default=str(_VAR / "sms.log")))
SMS_URL = _env("SMS_URL", default="")
SMS_TOKEN = _env("SMS_TOKEN", default="")
SMS_QUERY_URL = _env("SMS_QUERY_URL", default="")
# Of a provider (alibaba, tencent): our key, the signature that it approved, without 【】, and at
# Tencent the application and its region. SMS_URL is another address than the provider's own.
SMS_KEY_ID = _env("SMS_KEY_ID", default="")
SMS_KEY_SECRET = _env("SMS_KEY_SECRET", default="")
SMS_SIGNATURE = _env("SMS_SIGNATURE", default="")
SMS_APP_ID = _env("SMS_APP_ID", default="")
SMS_REGION = _env("SMS_REGION", default="ap-guangzhou")
# Codes that these providers take to one phone, and within how many seconds; ten a day is ours.
SMS_CODE_LIMITS = [(1, 60), (5, 3600)] if SMS_BACKEND in {"alibaba", "tencent"} else []
# The part of the address for receipts that nobody guesses; without one there is no such address.
SMS_RECEIPT_KEY = _env("SMS_RECEIPT_KEY", default="")
# Our official account at WeChat; without its id and secret there is none. WECHAT_TOKEN signs what
# WeChat calls us with, WECHAT_AES_KEY seals it (43 signs; empty: it comes in the clear).
WECHAT_APP_ID = _env("WECHAT_APP_ID", default="")
WECHAT_APP_SECRET = _env("WECHAT_APP_SECRET", default="")
WECHAT_TOKEN = _env("WECHAT_TOKEN", default="")
WECHAT_AES_KEY = _env("WECHAT_AES_KEY", default="")
# The file by which WeChat sees that the host is ours: its name ends as this says, and it holds it.
WECHAT_VERIFY = _env("WECHAT_VERIFY", default="")
WECHAT_API = _env("WECHAT_API", default="https://api.weixin.qq.com").rstrip("/")
WECHAT_OPEN = _env("WECHAT_OPEN", default="https://open.weixin.qq.com").rstrip("/")
WECHAT_SECONDS = _env.float("WECHAT_SECONDS", 6)  # for a whole call, connecting included
# So long a text message waits for the same by WeChat, while nobody knows whether that goes.
WECHAT_FIRST_SECONDS = _env.float("WECHAT_FIRST_SECONDS", 300)
# One call of the gateway: until it is connected, then until its answer has come to the last byte.
SMS_CONNECT_SECONDS = _env.float("SMS_CONNECT_SECONDS", 3)
SMS_READ_SECONDS = _env.float("SMS_READ_SECONDS", 10)
# Hosts of robots of group chats beside those of their providers, such as one's own Feishu; there
# http will do.
ROBOT_HOSTS = _env.list("ROBOT_HOSTS", default=[])
MAIL = _env.email("EMAIL_URL", default="consolemail://")
# Django's own waits for every byte anew.
MAIL["EMAIL_BACKEND"] = MAIL["EMAIL_BACKEND"].replace(
    "django.core.mail.backends.smtp", "diedie_edu.notices.channels.smtp"
)
vars().update(MAIL)
DEFAULT_FROM_EMAIL = _env("DEFAULT_FROM_EMAIL", default="portal@localhost")
EMAIL_TIMEOUT = _env.float("EMAIL_TIMEOUT", 20)  # seconds for a letter, connecting included
# How long a process may hold a message in hand; longer than a whole call.
NOTICE_LEASE_SECONDS = _env.float("NOTICE_LEASE_SECONDS", 30)
# Pauses in seconds before each new try of what was certainly not sent.
_PAUSES = [10, 30, 120, 300, 900, 1800, 3600]
NOTICE_RETRIES = _env.list("NOTICE_RETRIES", cast=float, default=_PAUSES)
NOTICE_ASK_AFTER = _env.float("NOTICE_ASK_AFTER", 60)  # before asking about an unknown one
NOTICE_ROUND_SECONDS = _env.float("NOTICE_ROUND_SECONDS", 10)  # of delivering by one channel
NOTICE_KEEP_DAYS = _env.int("NOTICE_KEEP_DAYS", 400)
