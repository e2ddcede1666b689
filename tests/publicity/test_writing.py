"""Markdown from a stranger's hand: what is left is clean, and no picture comes from outside."""

import re

import pytest

from diedie_edu.publicity.rules import writing

KEY = "0" * 32
OWN = {2: writing.Drawn(f"/files/{KEY}", '<b>"大家"</b>', 800, 600)}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&#58;alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "![](https://evil.example/x.png)",
    "![](//evil.example/x.png)",
    "![](data:image/png;base64,AAAA)",
    f"![](/files/{KEY})",
    "![x](9)",
    "![x][a]\n\n[a]: https://evil.example/x.png",
    '<a href="x" style="position:fixed">a</a>',
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.example>",
    '[a](x "onmouseover=alert(1)")',
    "<style>*{display:none}</style>",
    "`<script>`",
    "```\n<script>x</script>\n```",
    '[a](https://e.example/"onclick=alert(1)//)',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_acts_or_comes_from_elsewhere_is_left(text):
    html = writing.html_of(text, OWN).html
    tags = re.findall(r"<[^>]*>", html)
    assert {re.match(r"</?(\w+)", tag)[1] for tag in tags} <= writing.TAGS - {"img"}
    names = {name for tag in tags for name in re.findall(r'\s(\w+)="', tag)}
    assert names <= {"href", "rel"}
    assert not [tag for tag in tags if re.search(r"(javascript|vbscript|data):", tag, re.I)]
    assert "<script" not in html


def test_own_picture_stands_where_its_number_is_said():
    written = writing.html_of("看：\n\n![](2)\n\n![](2)", OWN)
    assert written.used == {2}
    first = re.search(r"<img [^>]*>", written.html)[0]
    assert f'src="/files/{KEY}"' in first
    assert 'width="800"' in first
    assert "&lt;b&gt;" in first, "what it shows is words, not HTML"


def test_headings_stand_below_the_title_of_the_page():
    html = writing.html_of("# 一\n\n### 三\n\n###### 六", {}).html
    assert re.findall(r"<(h\d)>", html) == ["h2", "h3", "h4"]


def test_links_open_nothing_of_ours_and_are_made_whole_for_a_feed():
    html = writing.html_of("[课](/lectures/3) ![](2)", OWN, "https://portal.example").html
    assert 'href="https://portal.example/lectures/3"' in html
    assert f'src="https://portal.example/files/{KEY}"' in html
    assert 'rel="noopener nofollow"' in html


def test_a_summary_is_words_alone():
    text = "## 开班\n\n**周六** <b>上课</b> [报名](https://a.cn) ![](2)\n\n" + "好" * 100
    assert writing.summary_of(text).startswith("开班 周六 <b>上课</b> 报名")
    assert len(writing.summary_of(text)) == writing.SENTENCE
