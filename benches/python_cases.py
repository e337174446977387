#!/usr/bin/env python3
"""The Python side of the benchmark of writers, one job at a time.

    python3 benches/python_cases.py rate JOB N          documents per second of processor time, over documents 1 to N
    python3 benches/python_cases.py save JOB N PATH     document N as a file

Jobs are those of `python_baseline.py`, which stays as it was handed to us, and the ones added here.
"""

import gc
import pathlib
import sys
import tempfile
import time
import zlib

import python_baseline as baseline


def xlsx_xlsxwriter_rich(number):
    """The data sheets with two charts, three conditional formats and twenty notes on each."""
    import io

    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7"})
    date, money = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "#,##0.00"})
    noticed = book.add_format({"bg_color": "#FFC7CE", "font_color": "#9C0006"})
    for name, rows in baseline.sheets(number):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["Date", "Item", "Qty", "Unit", "Total", "Note"], bold)
        sheet.set_column(0, 0, 12), sheet.set_column(1, 1, 24), sheet.set_column(5, 5, 40)
        for at, (day, item, quantity, cents, note) in enumerate(rows, 1):
            sheet.write_number(at, 0, day, date)
            sheet.write_string(at, 1, item)
            sheet.write_number(at, 2, quantity)
            sheet.write_number(at, 3, cents / 100, money)
            sheet.write_formula(at, 4, "=C%d*D%d" % (at + 1, at + 1), money, quantity * cents / 100)
            sheet.write_string(at, 5, note)
            if at <= 20:
                sheet.write_comment(at, 1, "Ask about " + note)
        sheet.write_formula(201, 4, "=SUM(E2:E201)", money)
        sheet.conditional_format(1, 4, 200, 4, {"type": "formula", "criteria": "=E2>100000", "format": noticed})
        sheet.conditional_format(1, 2, 200, 2, {"type": "data_bar", "data_bar_2010": False})
        sheet.conditional_format(1, 3, 200, 3, {"type": "2_color_scale"})
        for kind, title, series, column, row in (("column", "Totals", "Total", 4, 1), ("line", "Quantities", "Qty", 2, 22)):
            chart = book.add_chart({"type": kind})
            chart.add_series({"name": series, "categories": [name, 1, 0, 12, 0], "values": [name, 1, column, 12, column]})
            chart.set_title({"name": title})
            sheet.insert_chart(row, 7, chart)
    book.close()
    return out.getvalue()


JOBS = {name: make for name, make, _, _ in baseline.JOBS}
FONTS = pathlib.Path(__file__).parent.parent / "specs/data/fonts"


def unpacked(face):
    """The path of the very font that our side embeds, unpacked."""
    path = pathlib.Path(tempfile.gettempdir()) / f"worldc-{face}.ttf"
    path.write_bytes(zlib.decompress((FONTS / f"{face}.latin.z").read_bytes()))
    return path


class Embedding:
    """The baseline's document with its fonts embedded: fpdf2 takes them anew for each document."""

    def __init__(self):
        self.faces = None

    def __call__(self, number):
        import fpdf

        self.faces = self.faces or {"": unpacked("sans-regular"), "B": unpacked("sans-bold")}
        faces, plain = self.faces, fpdf.FPDF

        class Document(plain):
            def __init__(self):
                super().__init__()
                for style, path in faces.items():
                    self.add_font("Noto", style, path)

            def set_font(self, family=None, style="", size=0):
                super().set_font("Noto" if family == "Helvetica" else family, style, size)

        fpdf.FPDF = Document
        try:
            return baseline.pdf_fpdf2(number)
        finally:
            fpdf.FPDF = plain


JOBS["pdf fpdf2 embedding"] = Embedding()
JOBS["xlsx XlsxWriter rich"] = xlsx_xlsxwriter_rich


def rate(job, documents):
    make = JOBS[job]
    make(0)
    gc.collect()
    start = time.process_time()
    for number in range(1, documents + 1):
        make(number)
    print("%.2f" % (documents / (time.process_time() - start)))


def save(job, number, path):
    with open(path, "wb") as file:
        file.write(JOBS[job](number))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["rate", job, documents]:
            rate(job, int(documents))
        case ["save", job, number, path]:
            save(job, int(number), path)
        case _:
            sys.exit(__doc__)
