"""Pages that other programs' libraries write in their own ways: packed in every way, with fonts of their own, changed by appending."""

import base64
import zlib
from pathlib import Path

import pypdf
from fpdf import FPDF
from pypdf.annotations import FreeText
from pypdf.generic import NameObject, StreamObject
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table, TableStyle

EUROPE = ["Žluťoučký kůň", "zażółć gęślą jaźń", "Straße 12 – „Zitat“", "Ωμέγα", "Съешь же ещё", "1.234,56 €"]
FONTS = ["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"]


def write(folder):
    made = {}
    for step in (fonts, columns, tables, rewritten, packed, appended, forms, disordered):
        made.update(step(folder))
    return made


def font():
    return next((path for path in FONTS if Path(path).exists()), None)


def fonts(folder):
    """A font that comes along, cut down to the letters that are used."""
    if font() is None:
        return {}
    pdf = FPDF()
    pdf.add_page()
    pdf.add_font("Own", fname=font())
    pdf.set_font("Own", size=12)
    for text in EUROPE:
        pdf.cell(text=text, new_x="LMARGIN", new_y="NEXT")
    first = folder / "fpdf2-own-font.pdf"
    pdf.output(str(first))
    pdfmetrics.registerFont(TTFont("Own", font()))
    second = folder / "reportlab-own-font.pdf"
    page = canvas.Canvas(str(second))
    page.setTitle("Grüße")
    page.setAuthor("Ines Žák")
    page.setFont("Own", 12)
    for at, text in enumerate(EUROPE):
        page.drawString(72, 750 - 20 * at, text)
    page.save()
    return {first: {"order": EUROPE}, second: {"order": EUROPE, "roles": [("property", "Grüße"), ("property", "Ines Žák")]}}


def columns(folder):
    path = folder / "reportlab-columns.pdf"
    document = BaseDocTemplate(str(path), pagesize=A4)
    frames = [Frame(60, 60, 220, 720, id="a"), Frame(310, 60, 220, 720, id="b")]

    def edges(page, document):
        page.drawString(60, 815, "Running head")
        page.drawRightString(530, 30, f"{document.page}")

    document.addPageTemplates([PageTemplate(frames=frames, onPage=edges)])
    style = getSampleStyleSheet()["Normal"]
    texts = [f"Paragraph {number} begins here. " + "It says a little more than fits on a line. " * 6 for number in range(40)]
    document.build([Paragraph(text, style) for text in texts])
    order = [text.split(".")[0] + ". It says a little more than fits on a line. It says" for text in texts]
    return {path: {"order": order, "roles": [("header", "Running head")]}}


def tables(folder):
    rows = [["Position", "Amount", "Note"], *[[f"Item {n}", f"{n}.250,00", f"remark {n}"] for n in range(1, 9)]]
    order = [cell for row in rows for cell in row]
    first = folder / "fpdf2-table.pdf"
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Times", size=11)
    with pdf.table(rows):
        pass
    pdf.output(str(first))
    second = folder / "reportlab-table.pdf"
    table = Table(rows)
    table.setStyle(TableStyle([("BACKGROUND", (0, 0), (-1, 0), colors.navy), ("TEXTCOLOR", (0, 0), (-1, 0), colors.white), ("GRID", (0, 0), (-1, -1), 0.5, colors.grey)]))
    document = BaseDocTemplate(str(second), pagesize=A4)
    document.addPageTemplates([PageTemplate(frames=[Frame(60, 60, 480, 720)])])
    document.build([table])
    return {first: {"order": order}, second: {"order": order}}


def rewritten(folder):
    """What pypdf makes of others' files: merged, turned, packed, two pages on one."""
    made = {}
    source = folder / "for-rewriting.pdf"
    page = canvas.Canvas(str(source), pageCompression=0)
    for number in (1, 2):
        page.drawString(72, 700, f"Page {number} as it was")
        page.drawString(72, 500, f"and its end {number}")
        page.showPage()
    page.save()
    for name in ("packed", "merged", "scaled", "turned", "stamped"):
        writer = pypdf.PdfWriter()
        order = [f"Page {number} as it was" for number in (1, 2)]
        for page in pypdf.PdfReader(source).pages:
            writer.add_page(page)
        if name == "packed":
            for page in writer.pages:
                page.compress_content_streams()
        if name == "merged":
            writer.append(source)
            order = order * 2
        if name == "scaled":
            for page in writer.pages:
                page.scale_by(0.5)
        if name == "turned":
            writer.pages[0].rotate(90)
        if name == "stamped":
            stamp = canvas.Canvas(str(folder / "stamp.pdf"))
            stamp.drawString(300, 100, "Stamped")
            stamp.save()
            writer.pages[0].merge_page(pypdf.PdfReader(folder / "stamp.pdf").pages[0])
            order = [order[0], "Stamped", order[1]]
        path = folder / f"pypdf-{name}.pdf"
        writer.add_metadata({"/Title": "Übersicht"})
        writer.write(path)
        made[path] = {"order": order, "roles": [("property", "Übersicht")]}
    return made


def run_length(data):
    return b"".join(bytes([len(part) - 1]) + part for part in (data[at : at + 128] for at in range(0, len(data), 128))) + b"\x80"


def bits(codes):
    """Codes of LZW in nine bits each."""
    text = "".join(f"{code:09b}" for code in codes)
    text += "0" * (-len(text) % 8)
    return bytes(int(text[at : at + 8], 2) for at in range(0, len(text), 8))


def packed(folder):
    """The streams of a page in every way in which texts are packed, by a table of the second kind."""
    ways = {
        "ascii85": (["ASCII85Decode"], lambda data: base64.a85encode(data) + b"~>"),
        "hexadecimal": (["ASCIIHexDecode"], lambda data: data.hex().encode() + b">"),
        "run-length": (["RunLengthDecode"], run_length),
        "lzw": (["LZWDecode"], lambda data: bits([256, *data[:200], 257])),
        "twice": (["ASCII85Decode", "FlateDecode"], lambda data: base64.a85encode(zlib.compress(data)) + b"~>"),
    }
    made = {}
    content = b"BT /F1 12 Tf 72 700 Td (Packed in a way) Tj 0 -30 Td [(and )-300(read again)] TJ ET"
    for name, (filters, pack) in ways.items():
        data = pack(content)
        body = b"4 0 obj<</Length %d/Filter[%s]>>stream\n%s\nendstream endobj\n" % (len(data), " ".join("/" + word for word in filters).encode(), data)
        path = folder / f"way-{name}.pdf"
        path.write_bytes(compact(body))
        made[path] = {"order": ["Packed in a way", "and read again"]}
    return made


def compact(page):
    """A file whose objects stand in a stream of objects and are found by a stream of references, with a predictor."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 595 842]>>",
        3: b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    head, body = b"", b""
    for number, text in objects.items():
        head += b"%d %d " % (number, len(body))
        body += text + b" "
    inside = zlib.compress(head + body)
    file = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
    places = {4: len(file)}
    file += page
    places[6] = len(file)
    file += b"6 0 obj<</Type/ObjStm/N %d/First %d/Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n" % (len(objects), len(head), len(inside), inside)
    at = len(file)
    places[7] = at
    rows = [bytes([0, 0, 0, 0, 0])]
    for number in range(1, 8):
        index = list(objects).index(number) if number in objects else 0
        rows.append(bytes([2]) + (6).to_bytes(3, "big") + bytes([index]) if number in objects else bytes([1]) + places[number].to_bytes(3, "big") + b"\0")
    above, rowed = bytes(5), b""
    for row in rows:
        rowed += b"\x02" + bytes((here - there) % 256 for here, there in zip(row, above))
        above = row
    table = zlib.compress(rowed)
    file += b"7 0 obj<</Type/XRef/Size 8/W[1 3 1]/Root 1 0 R/Length %d/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 5>>>>stream\n%s\nendstream endobj\n" % (len(table), table)
    return file + b"startxref\n%d\n%%%%EOF\n" % at


def appended(folder):
    """A page whose text was replaced, and a remark that was added, behind the end of the file."""
    source, path = folder / "for-appending.pdf", folder / "pypdf-appended.pdf"
    page = canvas.Canvas(str(source))
    page.drawString(72, 700, "What it said before")
    page.save()
    writer = pypdf.PdfWriter(str(source), incremental=True)
    stream = StreamObject()
    stream.set_data(b"BT /F1 12 Tf 72 700 Td (What it says now) Tj ET")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)
    writer.write(path)
    assert path.read_bytes().startswith(source.read_bytes()[:200])
    return {path: {"order": ["What it says now"], "absent": ["What it said before"]}}


def forms(folder):
    first, second = folder / "reportlab-form.pdf", folder / "pypdf-box.pdf"
    page = canvas.Canvas(str(first))
    page.drawString(72, 700, "Name")
    page.acroForm.textfield(name="name", x=150, y=690, width=200, height=20, value="Filled in")
    page.save()
    writer = pypdf.PdfWriter(clone_from=str(first))
    writer.add_annotation(0, FreeText(text="Added box", rect=(72, 500, 300, 530)))
    writer.write(second)
    return {first: {"order": ["Name", "Filled in"]}, second: {"order": ["Name", "Filled in"]}}


def disordered(folder):
    """Drawn from the last line to the first, and word by word."""
    first, second = folder / "canvas-upwards.pdf", folder / "canvas-words.pdf"
    lines = [f"Line {number} of the page" for number in range(12)]
    page = canvas.Canvas(str(first))
    for number, text in reversed(list(enumerate(lines))):
        page.drawString(72, 750 - 30 * number, text)
    page.save()
    page = canvas.Canvas(str(second))
    for number, text in enumerate(lines):
        at = 72
        for word in text.split():
            page.drawString(at, 750 - 30 * number, word)
            at += page.stringWidth(word + " ", "Helvetica", 12)
    page.save()
    return {first: {"order": lines}, second: {"order": lines}}
