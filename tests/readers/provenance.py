#!/usr/bin/env python3
"""Walks the provenance of an image and compares every number it prints with its facts, through independent readers.

    python3 tests/readers/provenance.py IMAGE [SPECS]

What must hold, for every file on the disk, sealed away for later, in the mailbox and in the chat, and for what people say
and send during the month:

  - a numeric cell of a workbook or of a CSV file is printed from facts, and its value is the nearest double of one of
    them, or of what the sums, differences and quotients of its facts allow;
  - the points of a chart are the cells they point at;
  - a number in the text of a document, a message or a note equals a fact of its own paragraph, line or message, or
    stands in the sources (SPECS, by default `specs`) as somebody typed it.

Facts of an older version are its stale ones, as `sealed/mess.json` labels them. Needs python-docx, openpyxl and pypdf.
Exit code 1 when something differs.
"""

import csv
import email
import email.policy
import io
import json
import mailbox
import re
import sys
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pypdf
from docx.table import Table


class Facts:
    """The facts of an image by number, and the stale ones of old versions by file."""

    def __init__(self, image):
        self.value, self.address = {}, {}
        for group in json.loads((image / "sealed/facts.json").read_text("utf-8")):
            for number, key, value in group["facts"]:
                keyed = f"[{key}]" if key else ""
                column = f".{group['column']}" if group["column"] else ""
                self.value[number] = value
                self.address[number] = group["name"] + keyed + column
        self.stale = {}
        for piece in json.loads((image / "sealed/mess.json").read_text("utf-8")):
            moved = {move["fact"]: move["stale"] for move in piece.get("moved", [])}
            self.stale[piece.get("file", piece.get("mail"))] = moved

    def of(self, path, ids):
        moved = self.stale.get(path, {})
        return [moved.get(self.address[number], self.value[number]) for number in ids]


def ids(text):
    for run in text.split():
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)


def numbers(value):
    """The numbers of a value, exact."""
    if isinstance(value, dict):
        if "number" in value:
            yield Decimal(value["number"])
        for part in value.values():
            if isinstance(part, (dict, list)):
                yield from numbers(part)
    elif isinstance(value, list):
        for part in value:
            yield from numbers(part)


def days(value):
    """The dates of a value as spreadsheet programs count them, which calculate with days."""
    if isinstance(value, dict):
        if isinstance(value.get("date"), str):
            yield Decimal((date.fromisoformat(value["date"]) - date(1899, 12, 30)).days)
        for part in value.values():
            yield from days(part)
    elif isinstance(value, list):
        for part in value:
            yield from days(part)


def words(value):
    """The texts of a value, and dates and months as they are spelled."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for tag, part in value.items():
            if tag != "number":
                yield from words(part)
    elif isinstance(value, list):
        for part in value:
            yield from words(part)


def reachable(known):
    """What printed facts can amount to: themselves, their sum, and the differences and quotients of any two."""
    yield from known
    yield sum(known)
    if len(known) <= 60:
        for left, right in permutations(known, 2):
            yield left - right
            if right:
                yield left / right


def fits_cell(shown, known):
    return any(float(value) == shown for value in reachable(known))


class Report:
    """Counts what was compared and keeps what differs."""

    def __init__(self):
        self.counts, self.faults = Counter(), []

    def fault(self, path, place, what):
        self.faults.append(f"{path}#{place}: {what}")


# Workbooks ------------------------------------------------------------------------------------------------------------


def workbook(name, path, places, facts, report):
    # From a stream: sealed files have no extension that openpyxl would accept.
    values = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    for sheet in values:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, bool) or not isinstance(cell.value, (int, float)):
                    continue
                # What a condition chooses may be a 0 that is typed in the formula.
                if cell.value == 0 and str(formulas[sheet.title][cell.coordinate].value).startswith("=IF("):
                    continue
                place = f"{sheet.title}!{cell.coordinate}"
                compare_cell(name, place, cell.value, places, facts, report)
    charts(name, path, values, report)


def compare_cell(name, place, shown, places, facts, report):
    report.counts["cells"] += 1
    if place not in places:
        # An empty form adds up nothing, and nothing needs no source.
        if shown != 0:
            report.fault(name, place, f"{shown} is printed from no fact")
        return
    values = facts.of(name, ids(places[place]))
    known = [number for value in values for number in (*numbers(value), *days(value))]
    if not fits_cell(shown, known):
        report.fault(name, place, f"{shown} is none of {[str(number) for number in known[:8]]}")


def charts(name, path, values, report):
    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    with zipfile.ZipFile(path) as archive:
        for part in archive.namelist():
            if not re.fullmatch(r"xl/charts/chart\d+\.xml", part):
                continue
            for reference in ElementTree.fromstring(archive.read(part)).iter(f"{space}numRef"):
                sheet, area = reference.find(f"{space}f").text.rsplit("!", 1)
                cells = values[sheet.strip("'").replace("''", "'")][area.replace("$", "")]
                rows = cells if isinstance(cells, tuple) else ((cells,),)
                expected = [cell.value for row in rows for cell in (row if isinstance(row, tuple) else (row,))]
                shown = [float(point.text) for point in reference.iter(f"{space}v")]
                report.counts["chart points"] += len(shown)
                if shown != [float(value) for value in expected]:
                    report.fault(name, part, f"{area} shows {shown[:4]}, the cells hold {expected[:4]}")


def table(name, path, places, facts, report):
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    for at, row in enumerate(rows[1:], 2):
        place = f"l{at}"
        values = facts.of(name, ids(places.get(place, "")))
        known = {number for value in values for number in numbers(value)}
        texts = {text for value in values for text in words(value)}
        for head, cell in zip(rows[0], row):
            if not re.fullmatch(r"-?\d+\.\d+", cell):
                continue
            report.counts["cells"] += 1
            if Decimal(cell) not in known and cell not in texts:
                report.fault(name, place, f"{head} {cell} is no fact of its line")


# Text -----------------------------------------------------------------------------------------------------------------

NUMBER = re.compile(r"(?<![\w])\d+(?:[.,\u00a0\u202f]\d{3})*(?:[.,]\d+)?(?![\w])")
MONTHS = "January February March April May June July August September October November December".split()


def spelled(token):
    """What a number in a text may mean: with a decimal comma and with a decimal point."""
    plain = token.replace("\u00a0", "").replace("\u202f", "")
    for grouping, decimal in ((".", ","), (",", ".")):
        text = plain.replace(grouping, "").replace(decimal, ".")
        if text.count(".") <= 1:
            places = len(text.partition(".")[2])
            yield Decimal(text), places


def fits_text(token, known, texts):
    if any(token in text for text in texts):
        return True
    for value, places in spelled(token):
        step = Decimal(1).scaleb(-places)
        for fact in known:
            for scaled in (fact, fact * 100):
                if abs(abs(scaled) - value) * 2 <= step:
                    return True
    return False


def date_words(values):
    """Days, months and years as texts print them."""
    for value in values:
        for text in words(value):
            match = re.match(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text)
            if match:
                year, month, day = match.groups()
                yield f"{year} {int(day or 0)} {MONTHS[int(month) - 1]} {month} {year}-{month}"
            yield text


def text_numbers(name, place, text, given, facts, typed, report):
    values = facts.of(name, ids(given))
    known = [number for value in values for number in numbers(value)]
    texts = list(date_words(values))
    for token in NUMBER.findall(text):
        report.counts["numbers in text"] += 1
        if fits_text(token, known, texts):
            report.counts["numbers in text with their fact"] += 1
        elif token not in typed:
            report.fault(name, place, f"{token} has no source: {text[:90]!r}")


def document(name, path, places, facts, typed, report):
    number = 0
    for text in paragraphs(docx.Document(path)):
        if text.strip():
            number += 1
            given = places.get(f"p{number}", "") + " " + places.get("path", "")
            text_numbers(name, f"p{number}", text, given, facts, typed, report)


def paragraphs(read):
    """Paragraphs and cells in reading order."""
    for block in read.iter_inner_content():
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row.cells)
        else:
            yield block.text


def pages(name, path, places, facts, typed, report):
    """A pdf has lines but no paragraphs: its numbers come from the facts of the whole file."""
    given = " ".join(places.values())
    for at, page in enumerate(pypdf.PdfReader(path).pages, 1):
        text = re.sub(r"\b\w+ \d+ \w+ \d+\s*$", "", page.extract_text().strip())
        text_numbers(name, f"page {at}", text, given, facts, typed, report)


def lines(name, path, places, facts, typed, report):
    for at, text in enumerate(path.read_text("utf-8").split("\n"), 1):
        given = places.get(f"l{at}", "") + " " + places.get("path", "")
        text_numbers(name, f"l{at}", text, given, facts, typed, report)


def messages(name, path, places, facts, typed, report):
    parse = lambda file: email.message_from_binary_file(file, policy=email.policy.default)
    for message in mailbox.mbox(path, factory=parse, create=False):
        body = message.get_body(("plain",))
        text = f"{message['Subject']}\n{body.get_content() if body else ''}"
        place = message["Message-ID"].strip()
        text_numbers(name, place, text, places.get(place, ""), facts, typed, report)


def chat(name, path, places, facts, typed, report):
    for line in path.read_text("utf-8").splitlines():
        post = json.loads(line)
        place = f"<{post['id']}>"
        text_numbers(name, place, post["text"], places.get(place, ""), facts, typed, report)


# What is said during the month ----------------------------------------------------------------------------------------

TOLD = ("subject", "body", "title", "say", "not_yet")


def later_words(image):
    """Every text that is sent or said in the month, with the places of its facts."""
    for name in ("schedule.jsonl", "calendar.jsonl"):
        for line in (image / "sealed" / name).read_text("utf-8").splitlines():
            record = json.loads(line)
            yield from told(f"sealed/{name}", record["address"], record)
    for person in json.loads((image / "sealed/people.json").read_text("utf-8")):
        for tell in person["tells"]:
            yield from told("sealed/people.json", f"{person['id']}.{tell['name']}", tell)


def told(name, place, record):
    for part in TOLD:
        words = record.get(part)
        if words:
            yield name, f"{place}.{part}", words


def later_numbers(name, place, words, month, facts, typed, report):
    """Inside a print a number is one of its facts; outside it was typed. Days of the month come from its calendar."""
    text, spans = (words, []) if isinstance(words, str) else (words["text"], words["facts"])
    data, at = text.encode("utf-8"), 0
    for start, end, given in spans + [[len(data), len(data), ""]]:
        plain = DAY.sub(lambda day: "" if day_month(day) == month else day[0], data[at:start].decode("utf-8"))
        text_numbers(name, place, plain, "", facts, typed, report)
        text_numbers(name, place, data[start:end].decode("utf-8"), given, facts, set(), report)
        at = end


DAY = re.compile(rf"\b\d{{1,2}} ({'|'.join(MONTHS)}) (\d{{4}})\b")


def day_month(match):
    return f"{match[2]}-{MONTHS.index(match[1]) + 1:02}"


# The walk -------------------------------------------------------------------------------------------------------------


def later_files(image):
    """Declarations of the files that are not on the disk yet, with their path and their bytes."""
    found = {}

    def visit(node):
        if isinstance(node, dict):
            if {"blob", "declaration", "path"} <= node.keys():
                found[node["declaration"]] = (node["path"], image / "sealed/blobs" / node["blob"])
            for part in node.values():
                visit(part)
        elif isinstance(node, list):
            for part in node:
                visit(part)

    for text in (image / "sealed/schedule.jsonl").read_text("utf-8").splitlines():
        visit(json.loads(text))
    visit(json.loads((image / "sealed/people.json").read_text("utf-8")))
    return found


def open_files(image):
    for path in sorted((image / "disk").rglob("*")):
        if path.is_file():
            name = path.relative_to(image).as_posix()
            yield name, name, path
    for path in sorted((image / "mail").iterdir()):
        name = path.relative_to(image).as_posix()
        yield name, name, path
    for name, (shown, path) in later_files(image).items():
        if path.exists():
            yield name, shown, path


def main(image, specs="specs"):
    image = Path(image)
    facts, report = Facts(image), Report()
    records = [json.loads(line) for line in (image / "sealed/provenance.jsonl").read_text("utf-8").splitlines()]
    printed = {record["path"]: dict(record["at"]) for record in records}
    sources = (path.read_text("utf-8") for path in sorted(Path(specs).rglob("*")) if path.suffix in SOURCES)
    typed = {token for source in sources for token in NUMBER.findall(source)}
    seen = set()
    for name, shown, path in open_files(image):
        seen.add(name)
        places, kind = printed.get(name, {}), Path(shown).suffix.lower()
        report.counts["files"] += 1
        if kind == ".xlsx":
            workbook(name, path, places, facts, report)
        elif kind == ".csv":
            table(name, path, places, facts, report)
        elif kind in TEXTS:
            TEXTS[kind](name, path, places, facts, typed, report)
    month = json.loads((image / "sealed/world.json").read_text("utf-8"))["month"]
    for name, place, words in later_words(image):
        report.counts["texts of the month"] += 1
        later_numbers(name, place, words, month, facts, typed, report)
    # What an objective's solution says is sealed with it; it is a file in nobody's folder.
    for name in sorted(name for name in printed.keys() - seen if not name.startswith("solution ")):
        report.fault(name, "", "has provenance and is nowhere in the image")
    for fault in report.faults[:60]:
        print(fault)
    print(", ".join(f"{count} {what}" for what, count in report.counts.items()) + f"; {len(report.faults)} differ")
    return 1 if report.faults else 0


SOURCES = {".world", ".md", ".yaml", ".csv"}
TEXTS = {".docx": document, ".pdf": pages, ".txt": lines, ".md": lines, ".mbox": messages, ".jsonl": chat}

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
