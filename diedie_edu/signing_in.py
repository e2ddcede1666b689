"""Settings of accounts: how somebody signs in, how long that lasts, what slows guesses down."""

from environ import Env as _Env

_env = _Env()

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "diedie_edu.accounts.backends.PhoneBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # a phone is unique among accounts that are not closed
LOGIN_URL = "accounts:sign_in"
AGREE_URL = "accounts:privacy"
LOGIN_REDIRECT_URL = "portal:my_page"
LOGOUT_REDIRECT_URL = "portal:home"
# A rush must find people signed in, and elders must not type codes weekly; staff sessions
# are shortened at sign-in.
SESSION_ENGINE = "diedie_edu.accounts.sessions"
SESSION_COOKIE_AGE = 180 * 24 * 3600
STAFF_SESSION_AGE = 12 * 3600
# Whoever has power over others shows a second factor; the demo can try it and works without.
SECOND_FACTOR_REQUIRED = _env.bool("SECOND_FACTOR_REQUIRED", not _env.bool("DEMO", False))
CONFIRM_URL = "portal:confirm"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "diedie_edu.accounts.throttling.client_name"
AXES_CLIENT_IP_CALLABLE = "diedie_edu.accounts.throttling.network_of"
AXES_WHITELIST_CALLABLE = "diedie_edu.accounts.backends.is_known"
AXES_CLIENT_STR_CALLABLE = "diedie_edu.accounts.throttling.client_in_logs"
AXES_USERNAME_FORM_FIELD = "phone"
AXES_SENSITIVE_PARAMETERS = ["username", "phone", "old_password", "code"]
AXES_LOCKOUT_CALLABLE = "diedie_edu.portal.sign_in.views.passwords.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # who signed in, when and from where, is nobody's business
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
