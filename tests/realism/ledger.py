"""Proves that every ledger of a built analyst's world adds up to its facts, cent by cent.

    python3 tests/realism/ledger.py IMAGE_DIR

The flat export, the workbook's ledger with its total and the workbook's totals by centre are read by independent readers (csv,
openpyxl) and compared. Prints one line for each month; exit code 1 when one does not add up or has fewer than 400 rows.
"""
import csv
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import openpyxl


def cents(number):
    return Decimal(str(number)).quantize(Decimal("0.01"))


def by_centre_of_export(path):
    totals, rows = defaultdict(Decimal), 0
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            totals[row["Cost centre"]] += Decimal(row["Amount"])
            rows += 1
    return dict(totals), rows


def by_centre_of_workbook(book):
    header, *rows = [[cell.value for cell in row] for row in book["By centre"].rows]
    code, title, amount = header.index("Centre"), header.index("Title"), header.index("Amount")
    return {str(row[code]): cents(row[amount]) for row in rows if row[title]}


def main():
    wrong = 0
    exports = sorted(Path(sys.argv[1], "disk").rglob("GL ????-??.csv"))
    for path in exports:
        totals, rows = by_centre_of_export(path)
        book = openpyxl.load_workbook(path.with_suffix(".xlsx"), data_only=True)
        ledger = [[cell.value for cell in row] for row in book["Ledger"].rows]
        total = cents(ledger[-1][ledger[0].index("Amount")])
        right = totals == by_centre_of_workbook(book) and total == sum(totals.values()) and rows >= 400
        wrong += not right
        print(f"{path.stem}: {rows} postings, {total} {'ok' if right else 'WRONG'}")
    return 1 if wrong or not exports else 0


if __name__ == "__main__":
    sys.exit(main())
