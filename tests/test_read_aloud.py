"""Reading a page aloud in the elder view, by a voice of the browser."""

import pytest
from playwright.sync_api import Page, expect

VOICES = """
window.spoken = [];
const voices = %s.map((lang) => ({ lang, name: lang, default: false, localService: true }));
Object.defineProperty(window, "SpeechSynthesisUtterance", {
  value: class extends EventTarget { constructor(text) { super(); this.text = text; } },
});
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => voices,
  speak: (one) => window.spoken.push([one.lang, one.text]),
  cancel: () => window.spoken.push("cancelled"),
} });
"""


@pytest.fixture
def opened(page: Page, live_server):
    """The home page in the elder view, in a browser with these voices."""

    def opened(*languages: str) -> Page:
        page.add_init_script(VOICES % list(languages))
        page.context.add_cookies([{"name": "view", "value": "elder", "url": live_server.url}])
        page.goto("/")
        return page

    return opened


@pytest.mark.parametrize("languages", [(), ("en-US", "ja-JP")])
def test_no_button_where_no_voice_reads_chinese(opened, languages):
    page = opened(*languages)
    expect(page.get_by_role("button", name="标准版")).to_be_visible()
    expect(page.locator("#read-aloud")).to_be_hidden()


def test_one_press_reads_in_mandarin_and_the_next_stops(opened):
    page = opened("en-US", "zh-HK", "zh-CN")
    button = page.locator("#read-aloud")
    button.click()
    expect(button).to_have_text("停止朗读", use_inner_text=True)
    spoken = page.evaluate("window.spoken")
    assert ["zh-CN", "周末有讲座，下楼就能听"] in spoken
    assert all(lang == "zh-CN" for lang, _text in spoken[1:])
    button.click()
    expect(button).to_have_text("读给我听", use_inner_text=True)
    assert page.evaluate("window.spoken.at(-1)") == "cancelled"


def test_the_usual_view_has_no_such_button(page: Page):
    page.goto("/")
    expect(page.locator("#read-aloud")).to_have_count(0)
