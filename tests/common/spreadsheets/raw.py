"""Workbooks written sign by sign, as programs other than ours write them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TITLES = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>{title}</t></is></c></row>'
)
NAME = '<c r="A2" t="str"><v>陈建城</v></c>'


def relations(office: str, *targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{office}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'


def raw(
    sheet: str,
    *,
    calculation: str = "",
    about: str = "",
    styles: str = "",
    texts: str = "",
    main: str = MAIN,
    office: str = OFFICE,
    target: str = "worksheets/sheet1.xml",
    encoding: str = "utf-8",
    **more: str,
) -> bytes:
    """A workbook of one sheet, whose XML (below `worksheet`) is given."""
    members = {
        "_rels/.rels": relations(office, ("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{about}<sheets>'
        f'<sheet name="名单" sheetId="1" r:id="rId1"/></sheets>{calculation}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            office,
            ("worksheet", target),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{texts}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{sheet}</worksheet>',
        **more,
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, xml in members.items():
            head = f'<?xml version="1.0" encoding="{encoding}"?>'
            archive.writestr(name, (head + xml).encode(encoding))
    return file.getvalue()


def rows(*cells: str, title: str = "户") -> str:
    """A list of names and of what is in the cells of its second column (B2, B3, …)."""
    lines = "".join(
        f'<row r="{row}"><c r="A{row}" t="str"><v>陈建城</v></c>{cell}</row>'
        for row, cell in enumerate(cells, 2)
    )
    return f"<sheetData>{TITLES.format(title=title)}{lines}</sheetData>"


def styled(*formats: int | str) -> str:
    """Styles of these formats (numbers of built-in ones, codes of others), 1 for the first."""
    codes = {code: 170 + n for n, code in enumerate(formats) if isinstance(code, str)}
    named = "".join(
        f"<numFmt numFmtId='{number}' formatCode='{code.replace(chr(34), '&quot;')}'/>"
        for code, number in codes.items()
    )
    styles = "".join(f'<xf numFmtId="{codes.get(one, one)}"/>' for one in formats)
    others = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    return f'<numFmts>{named}</numFmts>{others}<cellXfs><xf numFmtId="0"/>{styles}</cellXfs>'
