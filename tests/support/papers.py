"""A paper with everything in it, and a look at files as the office programs have them."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from diedie_edu.office.papers.tree import (
    Chart,
    Heading,
    Paper,
    Picture,
    Signatures,
    Table,
    Text,
)

UGLY = "A&B <14"
TITLES = ("指标", "定义", "本年")
CHART = Chart(
    "各月活动场次",
    ("一月", "二月"),
    (("2026年", (3, 5)), ("2025年", (2, None))),
    "一月3场，二月5场；上年一月2场",
)


def picture(form: str = "WEBP") -> Picture:
    out = BytesIO()
    Image.new("RGB", (400, 300), (169, 58, 31)).save(out, form)
    return Picture(out.getvalue(), f"居民在听课，{UGLY}", "讲座现场")


def table(rows: int = 60) -> Table:
    numbered = tuple(
        (f"指标{row} {UGLY}", "签到的居民，每人只计一次", "1,234") for row in range(rows)
    )
    return Table(TITLES, numbered, frozenset({2}), "主要指标")


def paper() -> Paper:
    blocks = (
        Heading("基本情况"),
        Text(f"“三治融合”教育基地，{UGLY}，\x00\x0b\ufffe终身学习。\n第二段。"),
        Heading("活动开展", 2),
        Heading("主要指标", 3),
        table(),
        Heading("宣传", 2),
        CHART,
        picture(),
        Heading("存在问题"),
        Text("待跟进联络三件。"),
        Signatures(("经手人", "审批人")),
    )
    return Paper("2026年度工作总结", "叠二社区居民学校项目组", "2026年12月10日", blocks)


def converted(content: bytes, extension: str, to: str, folder: Path) -> bytes:
    """The file as LibreOffice writes it anew; skips, loudly, where there is none."""
    if not shutil.which("soffice"):
        pytest.skip("NOT TESTED: no LibreOffice (soffice) to open this file with")
    (folder / f"paper.{extension}").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", to, f"paper.{extension}"]
    subprocess.run(convert, cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / f"paper.{to.partition(':')[0]}").read_bytes()


def as_pdf(content: bytes, extension: str, folder: Path) -> str:
    """The text of the file's pages, each ended by a form feed, as LibreOffice prints it; skips,
    loudly, where there is none."""
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        pytest.skip("NOT TESTED: no LibreOffice (soffice) and pdftotext to print this file with")
    converted(content, extension, "pdf", folder)
    printed = subprocess.run(
        ["pdftotext", "-layout", "paper.pdf", "-"], cwd=folder, check=True, capture_output=True
    )
    return printed.stdout.decode()
