#!/usr/bin/env python3
"""Compares the cached values of workbooks with those that an office suite calculates.

    python3 tests/readers/recalculate.py strip FROM TO      copies FROM to TO without the cached values of formulas
    python3 tests/readers/recalculate.py compare FROM TO    compares every cell of FROM with TO, which the suite has saved

Without cached values the suite has to calculate, so agreement is no echo. Needs openpyxl. Exit code 1 when a value differs.
"""

import re
import sys
import zipfile

import openpyxl

CACHED = re.compile(rb"(</f>|<f\s*/>)<v>[^<]*</v>")


def strip(source, target):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename.startswith("xl/worksheets/"):
                part = CACHED.sub(rb"\1", part)
            new.writestr(info.filename, part)
    return 0


def compare(source, target):
    cached, formulas = (openpyxl.load_workbook(source, data_only=values) for values in (True, False))
    calculated = openpyxl.load_workbook(target, data_only=True)
    compared, different = 0, 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                compared += 1
                place = cell.coordinate
                left, right = cached[sheet.title][place].value, calculated[sheet.title][place].value
                if not same(left, right):
                    different += 1
                    print(f"{source}#{sheet.title}!{place}: cached {left!r}, calculated {right!r}")
    print(f"{compared} formulas")
    return 1 if different else 0


def same(left, right):
    """Suites add in doubles and in their own order: fifteen digits are what a cell can hold."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return abs(left - right) <= 1e-12 * max(1, abs(left), abs(right))
    return left == right


if __name__ == "__main__":
    sys.exit({"strip": strip, "compare": compare}[sys.argv[1]](*sys.argv[2:]))
