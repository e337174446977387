#!/usr/bin/env python3
"""Whether two files of one format hold the same content, read by a library that wrote neither for us.

    python3 benches/equal_content.py OURS THEIRS        exit code 1, with what differs, when they do not

Compared is what the baseline writes; ours may hold more (a header row that is frozen, page numbers).
"""

import re
import sys
from pathlib import Path


def xlsx(path):
    """Every cell: formula or value, and the value that is cached for the formula; notes, conditional formats, charts."""
    import openpyxl

    cells = {}
    values, formulas = (openpyxl.load_workbook(path, data_only=cached) for cached in (True, False))
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    cached = values[sheet.title][cell.coordinate].value
                    cells[sheet.title, cell.coordinate] = (plain(cell.value), plain(cached))
                if cell.comment is not None:
                    cells[sheet.title, cell.coordinate, "note"] = cell.comment.text
        for area in sheet.conditional_formatting:
            cells[sheet.title, str(area.sqref), "format"] = [(rule.type, rule.formula) for rule in area.rules]
        for at, chart in enumerate(sheet._charts):
            drawn = [(series.val.numRef.f.replace("'", ""), series.cat) for series in chart.series]
            drawn = [(values, (names.strRef or names.numRef).f.replace("'", "")) for values, names in drawn]
            cells[sheet.title, "chart", at] = (chart.tagname, drawn)
    return cells


def plain(value):
    return round(value, 6) if isinstance(value, float) else value


def docx(path):
    """Paragraphs, and cells of tables, in order."""
    import docx

    document = docx.Document(path)
    text = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    return dict(enumerate(text + [cell.text for table in document.tables for row in table.rows for cell in row.cells]))


def pptx(path):
    """Texts of shapes and cells by slide; not the date, footer and number at its foot."""
    import pptx

    texts = {}
    for number, slide in enumerate(pptx.Presentation(path).slides):
        body = [shape for shape in slide.shapes if not (shape.is_placeholder and shape.placeholder_format.idx >= 10)]
        lines = [line.text for shape in body if shape.has_text_frame for line in shape.text_frame.paragraphs]
        tables = [shape.table for shape in body if shape.has_table]
        cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
        texts.update({(number, at): text for at, text in enumerate(lines + cells)})
    return texts


def pdf(path):
    """How often each word stands in the text: lines break elsewhere, so their order is not compared. Where a sentence ends
    at the end of a line, pypdf may read on without a space."""
    import pypdf

    words = {}
    for page in pypdf.PdfReader(path, strict=True).pages:
        for word in re.findall(r"[^\s.]+|\.", page.extract_text()):
            words[word] = words.get(word, 0) + 1
    return words


# What one side adds to the content: the total that XlsxWriter does not calculate, the edges of our pages.
def forgiven(extension, ours, theirs):
    if extension == ".xlsx":
        return theirs is not None and ours is not None and theirs[1] == 0 and ours[0] == theirs[0]
    return extension == ".pdf" and theirs is None or extension == ".pdf" and (ours or 0) > (theirs or 0)


def main(ours, theirs):
    extension = Path(ours).suffix
    read = {".xlsx": xlsx, ".docx": docx, ".pptx": pptx, ".pdf": pdf}[extension]
    left, right = read(ours), read(theirs)
    different = [key for key in {**right, **left} if left.get(key) != right.get(key)]
    different = [key for key in different if not forgiven(extension, left.get(key), right.get(key))]
    for key in different[:5]:
        print(f"{ours}: {key}: ours {left.get(key)!r}, theirs {right.get(key)!r}")
    print(f"{len(right)} compared, {len(different)} differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
