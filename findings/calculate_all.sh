#!/bin/sh
# Workbooks that say "calculate all on opening" over results that are there, found while reading lists.
#
# Versions: XlsxWriter 3.3.1, openpyxl 3.1.5.
# - XlsxWriter writes fullCalcOnLoad="1" also where every formula was given its result (`value=`), so
#   the mark does not tell whether the 0 of another formula was ever calculated.
# - openpyxl writes the mark and no result at all.
# Ways out: trust no result under the mark; workbook.calc_on_load = False where all results are given.
# Seen: the lines of EXPECTED below. Ends with 1 and shows the difference if this changes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
cat > EXPECTED <<'TEXT'
XlsxWriter, value given: mark True, result 3
XlsxWriter, value left out: mark True, result 0
XlsxWriter, calc_on_load = False: mark False, result 3
openpyxl: mark True, result None
TEXT
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 openpyxl==3.1.5
cat > find.py <<'PY'
import re, zipfile
import openpyxl, xlsxwriter

def parts(name):
    with zipfile.ZipFile(name) as file:
        return {one: file.read(one) for one in file.namelist()}

def told(name):
    found = parts(name)
    mark = b'fullCalcOnLoad="1"' in found["xl/workbook.xml"]
    result = re.search(rb"</f><v>([^<]+)</v>", found["xl/worksheets/sheet1.xml"])
    return f"mark {mark}, result {result and result[1].decode()}"

def written(name, on_load=True, **how):
    book = xlsxwriter.Workbook(name)
    book.calc_on_load = on_load
    book.add_worksheet().write_formula("A1", "=1+2", **how)
    book.close()
    return told(name)

print("XlsxWriter, value given:", written("a.xlsx", value=3))
print("XlsxWriter, value left out:", written("b.xlsx"))
print("XlsxWriter, calc_on_load = False:", written("c.xlsx", on_load=False, value=3))
book = openpyxl.Workbook()
book.active["A1"] = "=1+2"
book.save("d.xlsx")
print("openpyxl:", told("d.xlsx"))
PY
venv/bin/python find.py > seen
diff EXPECTED seen && echo "as expected"
