"""What makes a page hard to use: the faults axe finds, and what is wider than the screen."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Only faults travel back, as words: whatever was in order is a hundred times as much. What axe
# would load before, for pages with sound, none of ours has.
FAULTS = """() => axe.run({resultTypes: ["violations"], preload: false}).then(done =>
  done.violations.map(rule => `${rule.id} ${rule.nodes.map(node =>
    `${node.target} ${node.any.map(check => check.message)}`).join(", ")}`))"""
# A button that has just come under the mouse is on its way from one colour to another.
AT_REST = """() => document.getAnimations().forEach(
  one => one instanceof CSSTransition && one.finish())"""
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def faults_of(page: Page, address: str) -> list[str]:
    """Those of the page at `address`, in the size `page` has."""
    page.goto(address)
    return faults_here(page, address)


def faults_here(page: Page, where: str) -> list[str]:
    """Those of the page that is open."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    page.evaluate(AT_REST)
    found = [f"{where}: {fault}" for fault in page.evaluate(FAULTS)]
    return found + ([f"{where}: wider than the screen"] if page.evaluate(WIDE) else [])
