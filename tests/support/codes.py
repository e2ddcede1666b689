"""Reads QR codes as phones do: by two readers that share nothing, off a screen and off paper."""

import io
from collections.abc import Callable

import pypdfium2
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page

Reader = Callable[[Image.Image], list[str]]
DOTS_AN_INCH, POINTS_AN_INCH = 100, 72  # an office printer's draft; PDF's own measure
ZBAR_IS_MISSING = """\
没有装 zbar，二维码只用 zxing 读过！  zbar is not installed: codes were read by zxing ALONE!
  Debian/Ubuntu  apt install libzbar0   Fedora  dnf install zbar-libs   macOS  brew install zbar"""


def by_zxing(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def zbar() -> Reader | None:
    """None where the machine has no zbar; its Python package brings none."""
    try:
        from pyzbar.pyzbar import ZBarSymbol, decode
    except ImportError:
        return None
    return lambda picture: [
        found.data.decode() for found in decode(picture, symbols=[ZBarSymbol.QRCODE])
    ]


def readers() -> dict[str, Reader]:
    found = {"zxing": by_zxing, "zbar": zbar()}
    return {name: reader for name, reader in found.items() if reader}


def on_screen(page: Page, codes: Locator) -> list[Image.Image]:
    """Each code in the middle of the screen, where whoever shows it puts it."""
    taken = []
    for code in codes.all():
        code.evaluate("code => code.scrollIntoView({block: 'center', behavior: 'instant'})")
        taken.append(Image.open(io.BytesIO(page.screenshot())).convert("L"))
    return taken


def on_paper(page: Page) -> list[Image.Image]:
    """Its sheets, as an office printer puts them on paper."""
    sheets = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    scale = DOTS_AN_INCH / POINTS_AN_INCH
    return [sheet.render(scale=scale).to_pil().convert("L") for sheet in sheets]


def read_by(reader: Reader, pictures: list[Image.Image]) -> set[str]:
    return {text for picture in pictures for text in reader(picture)}
