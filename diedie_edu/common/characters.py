"""Characters as they are meant, whatever program, paper or input method they came from.

Text copied from a PDF holds radicals that look like characters, chats leave signs of no width,
and an input method types full-width digits. Whatever is compared goes through `plain` first.
"""

import re
import unicodedata

# Unicode's EquivalentUnifiedIdeograph for the block “CJK Radicals Supplement” (U+2E80–2EFF); the
# Kangxi radicals (U+2F00–2FD5) become their characters by NFKC.
_RADICALS = """
⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑
⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王
⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽𦥑
⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏邑 ⻐钅 ⻑長
⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼
⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟
"""
RADICALS = str.maketrans({pair[0]: pair[1] for pair in _RADICALS.split()})

# Dots that stand between the parts of a name; NFKC makes the others one of them.
DOTS = "·•‧∙⋅・᛫⸱⸳⸰ᐧꞏ●◦⦁⚫⬤▪⏺∘˙⋆◉"
DASHES = "-‐‑‒–—―−⸺⸻─━⁃﹣－"
APOSTROPHES = "'’‘‛`´′ʼʻʹʽʾʿˈꞌ"
_UNSEEN_MARKS = re.compile(
    "[\u034f\u115f\u1160\u3164\uffa0\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_OTHER_DIGITS = re.compile(r"[^\D0-9]")
LIKE_DIGITS = str.maketrans("OIL", "011")
_SPACES = "\t\r\n\v\f\x1c\x1d\x1e\x1f\x85"


def plain(text: str) -> str:
    """`text` in compatible form (NFKC), radicals and digits as their characters, and without what
    nobody sees: signs of no width and of direction, chosen shapes of characters."""
    if text.isascii() and text.isprintable():
        return text
    seen = _without_unseen(text.replace("˙", "·"))
    meant = unicodedata.normalize("NFKC", seen).translate(RADICALS)
    return _OTHER_DIGITS.sub(_ascii_digit, _without_unseen(meant))


def _without_unseen(text: str) -> str:
    if text.isprintable() and not _UNSEEN_MARKS.search(text):
        return text
    shown = (
        " " if char in _SPACES or char.isspace() else char
        for char in _UNSEEN_MARKS.sub("", text)
        if char in _SPACES or unicodedata.category(char) not in {"Cf", "Cc"}
    )
    return "".join(shown)


def _ascii_digit(digit: re.Match[str]) -> str:
    """٣, ३ and 3 are one digit."""
    return str(unicodedata.decimal(digit[0]))


def looked_for(text: str) -> str:
    """Words that somebody types into a search, in plain characters with single spaces."""
    return " ".join(plain(text).split())


def code_signs(text: str) -> str:
    """Letters and digits alone of a number or code that was typed or read off, in capitals."""
    return "".join(sign for sign in plain(text).upper() if sign.isascii() and sign.isalnum())


def code_digits(text: str) -> str:
    """The same for a code of digits alone: O is meant for 0, I and L for 1."""
    return code_signs(text).translate(LIKE_DIGITS)
