"""Files that are no list we read are named for what they are, with what to do."""

import codecs

import pytest

from diedie_edu.common.errors import Refused
from diedie_edu.common.spreadsheets.reader import read_table
from tests.common.spreadsheets.files import COLUMNS, values, zipped

SHEETJS = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns='
    '"urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:'
    'spreadsheet"><Worksheet ss:Name="名单"><Table><Row><Cell><Data ss:Type="String">姓名'
)
BARE = "<ss:Workbook xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'><ss:Worksheet>姓名"
SAVE = "Save as"
XML_TABLE = ("Excel 2003 XML table", SAVE)
WEB_PAGE = ("web page", SAVE)
WORD = ("text document", "template")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SHEETJS.encode(), XML_TABLE),
        (BARE.encode(), XML_TABLE),
        (codecs.BOM_UTF8 + b"\r\n  " + SHEETJS.encode(), XML_TABLE),
        (SHEETJS.encode("utf-16"), XML_TABLE),
        (SHEETJS.encode("utf-16-le"), XML_TABLE),
        (SHEETJS.encode("utf-16-be"), XML_TABLE),
        (SHEETJS.encode("gb18030"), XML_TABLE),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?><w/>", WORD),
        (b"<?xml version='1.0'?><a/>", ("not an Excel workbook", SAVE)),
        (
            b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
            ("OpenDocument", SAVE),
        ),
        ("<html><table><tr><td>姓名".encode("gbk"), WEB_PAGE),
        ("<html xmlns:x='urn:schemas-microsoft-com:office:excel'>".encode("utf-16"), WEB_PAGE),
        (b"\n<!-- a --><table><tr>", WEB_PAGE),
        (b'<?xml version="1.0"?><!DOCTYPE html><html>', WEB_PAGE),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", WEB_PAGE),
        (b"From: <Saved by WPS>\r\nContent-Type: multipart/related;\r\n", WEB_PAGE),
        (b"%PDF-1.7 ...", ("PDF", "template")),
        (b"\n%PDF-1.7 ...", ("PDF", "template")),
        (b"{\\rtf1\\ansi", WORD),
        (b"\x89PNG\r\n\x1a\n...", ("picture", "template")),
        (b"\xff\xd8\xff\xe0....JFIF", ("picture", "template")),
        (b"\0\0\0\x18ftypheic....", ("picture", "template")),
        (b"BM\x36\0\0\0\0\0", ("picture", "template")),
        (b"Rar!\x1a\x07\0", ("packed folder", "Unpack")),
        (b"7z\xbc\xaf\x27\x1c", ("packed folder", "Unpack")),
        (b"PK\5\6" + bytes(18), ("packed folder", "Unpack")),
        (zipped(**{"名单.xlsx": b"PK", "a.csv": b"x"}), ("packed folder", "Unpack")),
        (zipped(word__document_xml=b"", **{"_rels__.rels": b"", "word__document.xml": b""}), WORD),
        (zipped(**{"ppt__presentation.xml": b""}), ("slides", "template")),
        (zipped(**{"xl__workbook.bin": b"", "_rels__.rels": b""}), (".xlsb", SAVE)),
        (zipped(mimetype=b"", **{"content.xml": b""}), (".ods", SAVE)),
        (
            zipped(**{"Index__Document.iwa": b"", "preview.jpg": b""}),
            ("Apple Numbers", "Export it"),
        ),
        (zipped(**{"Index.zip": b""}), ("Apple Numbers", "Export it")),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(content, said):
    with pytest.raises(Refused) as refused:
        read_table(content, COLUMNS)

    for words in said:
        assert words in str(refused.value)


@pytest.mark.parametrize("first", ["BM", "RIFFS", "ID;P", "From: a", "PK"])
def test_a_list_that_begins_like_another_kind_is_one(first):
    assert values(f"{first},姓名,户\n1,陈建城,501\n".encode())[0]["household"] == "501"
