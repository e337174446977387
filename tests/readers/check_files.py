#!/usr/bin/env python3
"""Opens files with readers that share no code with worldc, and says what is wrong with them.

    python3 tests/readers/check_files.py FILE...

Needs python-docx, openpyxl, python-pptx, pypdf, icalendar and vobject; decks are validated against the schemas of Open XML
where openxml-audit is installed. Exit code 1 when a file does not open or is not as it
should be.
"""

import csv
import email
import email.policy
import io
import json
import mailbox
import posixpath
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path
from xml.dom import minidom


def package(path):
    """What holds for every office package: order, times, attributes, well-formed parts."""
    with zipfile.ZipFile(path) as archive:
        if archive.testzip() is not None:
            yield "a part is damaged"
        if archive.namelist()[0] != "[Content_Types].xml":
            yield "[Content_Types].xml is not the first part"
        for info in archive.infolist():
            if info.date_time != (1980, 1, 1, 0, 0, 0) or info.create_system != 3 or info.flag_bits & 8:
                yield f"{info.filename}: header fields are not the fixed ones"
            if info.filename.endswith((".xml", ".rels")):
                minidom.parseString(archive.read(info))
        yield from relations(archive)


def relations(archive):
    """Every part has a type and somebody who refers to it, and everything that is referred to is there."""
    names = set(archive.namelist())
    types = minidom.parseString(archive.read("[Content_Types].xml"))
    declared = {node.getAttribute("PartName")[1:] for node in types.getElementsByTagName("Override")}
    endings = {node.getAttribute("Extension") for node in types.getElementsByTagName("Default")}
    reached = {"[Content_Types].xml"}
    for name in sorted(names):
        if name not in declared and name.rsplit(".", 1)[-1] not in endings:
            yield f"{name}: no content type"
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder, _, part = name.rpartition("_rels/")
        nodes = minidom.parseString(archive.read(name)).getElementsByTagName("Relationship")
        ids = [node.getAttribute("Id") for node in nodes]
        if len(set(ids)) != len(ids):
            yield f"{name}: an id stands twice"
        for node in nodes:
            if node.getAttribute("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, node.getAttribute("Target")))
                reached.add(target)
                if target not in names:
                    yield f"{name}: there is no {target}"
        used = re.findall(r'\br:(?:id|embed|link|pict)="([^"]+)"', archive.read(folder + part[:-5]).decode()) if part != ".rels" else []
        if set(used) - set(ids):
            yield f"{name}: {set(used) - set(ids)} lead nowhere"
    if declared - names:
        yield f"[Content_Types].xml: there is no {declared - names}"
    if names - reached:
        yield f"nothing refers to {names - reached}"


def docx(path):
    yield from package(path)
    import docx

    document = docx.Document(path)
    if not any(paragraph.text.strip() for paragraph in document.paragraphs) and not document.tables:
        yield "no text"
    for paragraph in document.paragraphs:
        if paragraph.style is None or paragraph.style.name is None:
            yield f"no style: {paragraph.text[:40]!r}"
    for table in document.tables:
        if any(len(row.cells) != len(table.columns) for row in table.rows):
            yield "rows of different lengths"
    if document.core_properties.created is None or not document.core_properties.author:
        yield "no date or author"
    if not document.sections[0].footer.paragraphs:
        yield "no footer"


def xlsx(path):
    yield from package(path)
    import openpyxl

    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and values[sheet.title][cell.coordinate].value is None:
                    yield f"{sheet.title}!{cell.coordinate}: formula without its value"
                if cell.data_type == "e":
                    yield f"{sheet.title}!{cell.coordinate}: {cell.value}"
        for letter, column in sheet.column_dimensions.items():
            if column.width < 8:
                yield f"{sheet.title}: column {letter} is narrow"
    if formulas.properties.created is None or not formulas.properties.creator:
        yield "no date or author"


def pptx(path):
    yield from package(path)
    import openpyxl
    import pptx

    deck = pptx.Presentation(path)
    for number, slide in enumerate(deck.slides, 1):
        shapes = list(slide.shapes)
        if len({shape.shape_id for shape in shapes}) != len(shapes):
            yield f"slide {number}: an id stands twice"
        holders = {holder.placeholder_format.idx for holder in slide.slide_layout.placeholders}
        for shape in shapes:
            if shape.is_placeholder and shape.placeholder_format.idx not in holders:
                yield f"slide {number}: {shape.name} fills nothing in its layout"
            if shape.left < 0 or shape.top < 0 or shape.left + shape.width > deck.slide_width:
                yield f"slide {number}: {shape.name} is off the slide"
            if shape.top + shape.height > deck.slide_height:
                yield f"slide {number}: {shape.name} is off the slide"
            if shape.has_chart:
                blob = io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)
                yield from (f"slide {number}: {fault}" for fault in charted(shape.chart, openpyxl.load_workbook(blob)))
    if deck.core_properties.created is None or not deck.core_properties.author:
        yield "no date or author"
    yield from validated(path)


def charted(chart, book):
    """What a chart draws is what its workbook holds."""
    head, *rows = book.active.iter_rows(values_only=True)
    for column, series in enumerate(chart.plots[0].series, 1):
        if series.name != head[column] or list(series.values) != [row[column] for row in rows]:
            yield f"series {series.name} is not that of its workbook"
    if list(chart.plots[0].categories) != [row[0] for row in rows]:
        yield "the categories are not those of the workbook"


def validated(path):
    """What a validator with the schemas of the Open XML SDK finds."""
    try:
        from openxml_audit import FileFormat, OpenXmlValidator
    except ImportError:
        return
    found = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=20).validate(str(path))
    yield from (f"{error.part_uri}: {error.description}" for error in found.errors)


def pdf(path):
    import pypdf

    reader = pypdf.PdfReader(path, strict=True)
    # A page without text has to be the picture of one.
    if not any(page.extract_text().strip() or "/XObject" in page["/Resources"] for page in reader.pages):
        yield "neither text nor a picture"
    if reader.metadata is None or reader.metadata.creation_date is None:
        yield "no date"
    for page in reader.pages:
        if "/Font" in page["/Resources"]:
            yield from embedded(page["/Resources"]["/Font"])
    if shutil.which("qpdf"):
        checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
        if checked.returncode or "No syntax or stream encoding errors" not in checked.stdout:
            yield f"qpdf: {checked.stdout}{checked.stderr}"
    ours = Path(f"{path}.txt")
    if ours.exists():
        theirs = "".join(page.extract_text() for page in reader.pages)
        yield from same_text(ours.read_text("utf-8"), "pypdf", theirs, len(reader.pages))
        if shutil.which("pdftotext"):
            theirs = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True)
            yield from same_text(ours.read_text("utf-8"), "pdftotext", theirs.stdout, len(reader.pages))


def embedded(fonts):
    """Each font has its letters with it and says what they mean, or is one that every reader has."""
    for name, font in fonts.items():
        if font["/Subtype"] == "/Type0":
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            if "/FontFile2" not in descriptor or "/ToUnicode" not in font:
                yield f"{name}: {font['/BaseFont']} is not embedded, or does not say what its letters mean"


def same_text(ours, reader, theirs, pages):
    """Another reader finds the letters that ours finds, and besides nothing but headers, footers and numbers of notes."""
    letters = lambda text: sorted(letter for letter in unicodedata.normalize("NFC", text) if not letter.isspace())
    missing, more = Counter(letters(ours)), Counter(letters(theirs))
    if missing - more:
        yield f"{reader} does not find {missing - more}"
    if (more - missing).total() > 180 * pages:
        yield f"{reader} finds much more: {more - missing}"


def message(read):
    if read.defects:
        yield f"{read['Message-ID']}: {read.defects}"
    for name in ("From", "Date", "Message-ID", "Subject"):
        if not read[name]:
            yield f"{read['Message-ID']}: no {name}"
    for part in read.walk():
        if part.defects:
            yield f"{read['Message-ID']}: {part.defects}"
        if not part.is_multipart():
            part.get_content()


def eml(path):
    data = path.read_bytes()
    yield from ascii_lines(data, 998)
    yield from message(email.message_from_bytes(data, policy=email.policy.default))


def mbox(path):
    data = path.read_bytes()
    yield from ascii_lines(data, 998)
    ids = []
    parse = lambda file: email.message_from_binary_file(file, policy=email.policy.default)
    for read in mailbox.mbox(path, factory=parse, create=False):
        ids.append(read["Message-ID"])
        yield from message(read)
    if len(set(ids)) != len(ids):
        yield "two messages with one id"


def ascii_lines(data, longest):
    if not data.isascii():
        yield "bytes beyond ASCII"
    if any(len(line) > longest for line in data.splitlines()):
        yield f"a line of more than {longest} characters"


def ics(path):
    import icalendar

    data = path.read_bytes()
    if any(len(line) > 75 for line in data.split(b"\r\n")):
        yield "a line is not folded"
    calendar = icalendar.Calendar.from_ical(data)
    uids = []
    for event in calendar.walk("VEVENT"):
        uids.append(str(event["UID"]))
        if event.errors:
            yield f"{event['UID']}: {event.errors}"
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        if not start < end:
            yield f"{event['UID']}: ends before it starts"
        if "DTSTAMP" not in event or "SUMMARY" not in event:
            yield f"{event['UID']}: no stamp or title"
    if len(set(uids)) != len(uids):
        yield "two events with one id"


def vcf(path):
    import vobject

    for card in vobject.readComponents(path.read_bytes().decode("utf-8")):
        if not card.fn.value or "@" not in card.email.value:
            yield "a card without name or address"


def csv_(path):
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
    if len({len(row) for row in rows}) > 1:
        yield "rows of different lengths"


def json_(path):
    json.loads(path.read_text(encoding="utf-8"))
    return iter(())


def text(path):
    path.read_bytes().decode("utf-8")
    return iter(())


READERS = {
    ".docx": docx,
    ".xlsx": xlsx,
    ".pptx": pptx,
    ".pdf": pdf,
    ".eml": eml,
    ".mbox": mbox,
    ".ics": ics,
    ".vcf": vcf,
    ".csv": csv_,
    ".json": json_,
    ".md": text,
    ".txt": text,
}


def main(paths):
    failures = 0
    for path in map(Path, paths):
        reader = READERS.get(path.suffix.lower())
        if reader is None:
            continue
        try:
            faults = list(reader(path))
        except Exception as error:  # noqa: BLE001: whatever a reader raises is what we want to know
            faults = [f"{type(error).__name__}: {error}"]
        for fault in faults:
            print(f"{path}: {fault}")
        failures += bool(faults)
    print(f"{len(paths)} files, {failures} with faults")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
