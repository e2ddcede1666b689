"""What a browser calls itself, in two words that its owner knows."""

from django.utils.translation import gettext_noop as _

# The first that is found counts: nearly every browser also calls itself by the names below it.
BROWSERS = {
    "MicroMessenger": _("WeChat"),
    "HuaweiBrowser": _("Huawei Browser"),
    "MiuiBrowser": _("Mi Browser"),
    "QQBrowser": _("QQ Browser"),
    "UCBrowser": _("UC Browser"),
    "Edg": "Edge",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "HarmonyOS": _("HarmonyOS"),
    "OpenHarmony": _("HarmonyOS"),
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def label_of(user_agent: str) -> str:
    """As "WeChat · Android"; the words are msgids."""
    browser = _first(BROWSERS, user_agent) or _("Another browser")
    return " · ".join(filter(None, [browser, _first(SYSTEMS, user_agent)]))


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for sign, name in names.items() if sign in user_agent), "")
