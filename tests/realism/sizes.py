#!/usr/bin/env python3
"""How large the documents of built worlds are, beside the published figures (docx 566 words, decks of 20
slides with 24 words each, 58 % of workbooks with formulas).

    tests/realism/sizes.py IMAGE…

Needs python-docx, python-pptx and openpyxl."""

import statistics
import sys
from pathlib import Path

import docx
import openpyxl
import pptx


def words_of_docx(path):
    document = docx.Document(path)
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return sum(len(text.split()) for text in texts)


def texts_of(shape):
    if shape.has_text_frame and not (shape.is_placeholder and shape.placeholder_format.idx >= 10):
        yield shape.text_frame.text
    if shape.has_table:
        for row in shape.table.rows:
            yield from (cell.text for cell in row.cells)


def words_of_slides(path):
    for slide in pptx.Presentation(path).slides:
        yield sum(len(text.split()) for shape in slide.shapes for text in texts_of(shape))


def has_formula(path):
    book = openpyxl.load_workbook(path)
    cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
    return any(isinstance(value, str) and value.startswith("=") for value in cells)


def quartiles(values):
    values = sorted(values)
    if len(values) < 2:
        return f"{values}"
    low, middle, high = statistics.quantiles(values, n=4)
    return f"median {middle:g}, middle half {low:g} to {high:g}, {values[0]} to {values[-1]}"


for image in map(Path, sys.argv[1:]):
    files = sorted(path for path in (image / "disk").rglob("*") if path.is_file())
    of = lambda ending: [path for path in files if path.suffix == ending]
    print(f"{image.name}: {len(files)} files on the disk")
    print(f"  docx   {len(of('.docx'))}, words: {quartiles([words_of_docx(path) for path in of('.docx')])}")
    decks = [list(words_of_slides(path)) for path in of(".pptx")]
    print(f"  pptx   {len(decks)}, slides: {quartiles([len(deck) for deck in decks])}")
    print(f"         words on a slide: {quartiles([words for deck in decks for words in deck])}")
    books = of(".xlsx")
    print(f"  xlsx   {len(books)}, with formulas: {sum(map(has_formula, books)) * 100 // max(len(books), 1)} %")
