"""How a worker comes into the Dream scheme: what staff, the enterprise and the worker do."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.flows.education_steps import DESK, send
from tests.flows.school_steps import Look
from tests.flows.steps import link_in, say_who_registers
from tests.support.browser import press


def enter_an_enterprise(desk: Page, title: str, code: str, phone: str, look: Look) -> None:
    """With two places to nominate for, and the link sent to its contact."""
    desk.goto(f"{DESK}/enterprises/new/")
    told = {"title": title, "credit_code": code, "contact": "方经理", "phone": phone}
    for field, value in told.items():
        desk.locator(f"input[name={field}]").fill(value)
    look(desk, "enterprise-form")
    send(desk)
    desk.locator("input[name=places]").fill("2")
    press(desk.locator("form:has(input[name=places]) button"))
    desk.locator("input[name=until]").fill("2026-12-31")
    look(desk, "enterprise")
    press(desk.locator("form:has(input[name=until]) button"))


def nominate(page: Page, message: str, name: str, phone: str, look: Look) -> None:
    """By the enterprise's link alone."""
    page.goto(link_in(message))
    page.locator("input[name=full_name]").fill(name)
    page.locator("input[name=phone]").fill(phone)
    page.locator("textarea[name=reason]").fill("三年没有一次质量事故，带出两名徒弟。")
    look(page, "nominating")
    send(page)
    expect(page.locator("main")).to_contain_text(name)


def say_yes_to_the_nomination(page: Page, message: str, look: Look) -> None:
    """By the worker's own link."""
    page.goto(link_in(message))
    page.locator("label[for=id_agrees]").click()
    look(page, "nominated")
    press(page.locator("button[name=yes]"))
    look(page, "nominated-next")


def register(page: Page, name: str, phone: str, text_messages: Callable[[str], list[str]]) -> None:
    """From the page behind the worker's link to the own application."""
    press(page.locator("main a[href^='/register/']"))
    page.get_by_label("手机号").fill(phone)
    press(page.get_by_role("button", name="获取验证码"))
    code = re.search(r"\d{6}", text_messages(phone)[-1])
    page.get_by_label("6 位").fill(code.group())
    press(page.locator("main form button").first)
    say_who_registers(page, name)
