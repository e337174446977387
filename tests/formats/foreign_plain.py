"""Files with everything a person sees, written by other programs' libraries: what to write, and what must be read of it."""

import csv
import datetime
import json
import zipfile
from email.message import EmailMessage

import docx
import openpyxl
import xlsxwriter
from docx.enum.text import WD_BREAK
from fpdf import FPDF
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from PIL import Image, PngImagePlugin
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

WORDS = ["Übersicht", "Straße 12", "façade", "naïve – yes", "żółć", "Čeština", "Ωμέγα", "„Zitat“", "1.234,56 €", "50 %"]


def write(folder):
    made = {}
    for number in range(6):
        made.update(documents(folder, number))
        made.update(workbooks(folder, number))
        made.update(decks(folder, number))
        made.update(pages(folder, number))
    made.update(old_dates(folder))
    made.update(others(folder))
    return made


def documents(folder, number):
    words = [f"{word} {number}" for word in WORDS]
    document = docx.Document()
    document.core_properties.title = f"Memo {number}"
    document.add_heading(f"Memo {number}", 0)
    document.add_heading("First part", 1)
    for word in words[:3]:
        document.add_paragraph(f"A paragraph about {word}.")
    document.add_paragraph("An item", style="List Bullet")
    paragraph = document.add_paragraph("Some ")
    paragraph.add_run("bold").bold = True
    paragraph.add_run(" words").italic = True
    paragraph.add_run().add_break(WD_BREAK.LINE)
    paragraph.add_run("after a break")
    table = document.add_table(rows=3, cols=2, style="Light Grid Accent 1")
    rows = [["Month", "Amount"], ["January", f"1{number}00"], ["February", words[8]]]
    for row, texts in zip(table.rows, rows):
        for cell, text in zip(row.cells, texts):
            cell.text = text
    document.sections[0].header.paragraphs[0].text = f"Header {number}"
    document.sections[0].footer.paragraphs[0].text = f"Footer {number}"
    document.add_paragraph("The end")
    path = folder / f"python-docx-{number}.docx"
    document.save(path)
    expected = {
        "order": [f"Memo {number}", "First part", *words[:3], "An item", "Some bold words\nafter a break", "Month", "February", "The end"],
        "roles": [("title", f"Memo {number}"), ("heading 1", "First part"), ("header", f"Header {number}"), ("footer", f"Footer {number}")],
        "tables": [rows],
    }
    return {path: expected}


def workbooks(folder, number):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Budget"
    sheet.append(["Month", "Amount (T€)"])
    for row in range(2, 6):
        sheet.append([f"M{row}", row * 10 + number])
    sheet["B6"] = "=SUM(B2:B5)"
    sheet["B7"] = "=ROUND(B6/3,2)"
    sheet["B3"].number_format = "#,##0.00"
    sheet["C2"].comment = Comment("Check this", "Ines")
    total = sum(row * 10 + number for row in range(2, 6))
    other = book.create_sheet("Über's Jahr")
    other["A1"] = "=Budget!B6*2"
    other["A2"] = f"{WORDS[number]}"
    chart = BarChart()
    chart.title = "Costs"
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=5), titles_from_data=True)
    sheet.add_chart(chart, "E2")
    first = folder / f"openpyxl-{number}.xlsx"
    book.save(first)
    cells = {
        "Budget!B3": {"text": str(30 + number), "format": "#,##0.00", "shown": f"{30 + number}.00"},
        "Budget!B6": {"formula": "SUM(B2:B5)", "calculated": str(total)},
        "Budget!B7": {"calculated": f"{total / 3:.2f}".rstrip("0").rstrip(".")},
        "Über's Jahr!A1": {"calculated": str(2 * total)},
        "Über's Jahr!A2": {"text": WORDS[number]},
    }
    second = folder / f"xlsxwriter-{number}.xlsx"
    with xlsxwriter.Workbook(second) as book:
        sheet = book.add_worksheet("Data")
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["Key", "Value", "Day"])
        for row in range(1, 5):
            sheet.write(row, 0, f"K{row}")
            sheet.write(row, 1, row * 1.5)
            sheet.write(row, 2, 46054 + row, date)
        sheet.write_formula("B6", "=SUMIF(A2:A5,\"K2\",B2:B5)", None, 3)
        sheet.write_formula("B7", "=B6+1", None, 99)
        sheet.write_comment("A2", "Noted")
        book.define_name("Rate", "=0.19")
        sheet.write_formula("B8", "=B6*Rate", None, 0.57)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"name": "Values", "values": "=Data!$B$2:$B$5"})
        chart.set_title({"name": "Line"})
        sheet.insert_chart("F2", chart)
    values = {
        "Data!C2": {"text": "2026-02-02"},
        "Data!B6": {"calculated": "3", "agrees": True},
        "Data!B7": {"calculated": "4", "cached": "99", "agrees": False},
        "Data!B8": {"calculated": "0.57", "agrees": True},
    }
    again = {"Data!C2": {"text": "2026-02-02"}, "Data!B6": {"calculated": "3"}}
    return {
        first: {"cells": cells, "roles": [("comment by Ines on Budget!C2", "Check this")], "again": True},
        second: {"cells": values, "roles": [("chart", "Line")], "again": False},
    }


def old_dates(folder):
    """Days that count from 1904."""
    path = folder / "xlsxwriter-1904.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet("Old")
        sheet.write_datetime("A1", datetime.datetime(2026, 2, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime("A2", datetime.datetime(2026, 2, 2, 12, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        sheet.write_formula("A3", "=A1+1", book.add_format({"num_format": "yyyy-mm-dd"}), 44594)
    return {path: {"cells": {"Old!A1": {"text": "2026-02-02"}, "Old!A2": {"text": "2026-02-02 12:30"}, "Old!A3": {"text": "2026-02-03", "agrees": True}}}}


def decks(folder, number):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = f"Plan {number}"
    body = slide.placeholders[1].text_frame
    body.text = f"First {WORDS[number]}"
    body.add_paragraph().text = "Second point"
    slide.notes_slide.notes_text_frame.text = f"Say this {number}"
    second = deck.slides.add_slide(deck.slide_layouts[5])
    second.shapes.title.text = "A table"
    frame = second.shapes.add_table(2, 2, Cm(2), Cm(5), Cm(10), Cm(3))
    rows = [["Key", "Value"], ["a", f"{number},5"]]
    for row, texts in zip(frame.table.rows, rows):
        for cell, text in zip(row.cells, texts):
            cell.text = text
    third = deck.slides.add_slide(deck.slide_layouts[5])
    third.shapes.title.text = "A chart"
    data = CategoryChartData()
    data.categories = ["Q1", "Q2"]
    data.add_series("Costs", (number + 1.5, 4))
    chart = third.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(2), Cm(5), Cm(12), Cm(8), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "By quarter"
    box = third.shapes.add_textbox(Cm(1), Cm(15), Cm(8), Cm(2))
    box.text_frame.text = "A box"
    path = folder / f"python-pptx-{number}.pptx"
    deck.save(path)
    expected = {
        "seen": [f"Say this {number}"],
        "order": [f"Plan {number}", f"First {WORDS[number]}", "Second point", "A table", "Key", f"{number},5", "A chart", "A box"],
        "roles": [("title", "A table"), ("notes", f"Say this {number}"), ("chart", "By quarter")],
        "tables": [rows],
        "charts": [("By quarter", [[str(number + 1.5), "4"]])],
    }
    return {path: expected}


def pages(folder, number):
    made = {}
    path = folder / f"reportlab-{number}.pdf"
    styles = getSampleStyleSheet()
    latin = [word for word in WORDS if all(ord(letter) < 256 or letter in "–„“€" for letter in word)]
    story = [Paragraph(f"Report {number}", styles["Title"])]
    story += [Paragraph(f"Paragraph about {word}. " + "More words follow here. " * 6, styles["Normal"]) for word in latin]
    story += [Spacer(1, 20), Table([["Month", "Amount"], ["January", f"1{number}00"]])]
    SimpleDocTemplate(str(path), pagesize=A4).build(story)
    made[path] = {"order": [f"Report {number}", *latin, "Month", f"1{number}00"]}
    path = folder / f"canvas-{number}.pdf"
    page = canvas.Canvas(str(path), pageCompression=number % 2)
    page.drawString(72, 700, f"Line one {number}")
    page.drawString(72, 680, "Line two")
    page.showPage()
    page.drawString(72, 700, "Second page")
    page.save()
    made[path] = {"order": [f"Line one {number}", "Line two", "Second page"]}
    path = folder / f"fpdf2-{number}.pdf"
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=14)
    pdf.cell(text=f"Heading {number}", new_x="LMARGIN", new_y="NEXT")
    pdf.multi_cell(0, 8, "Words that run over more than one line of the page, " * 4)
    pdf.output(str(path))
    made[path] = {"order": [f"Heading {number}", "Words that run over more than one line"]}
    return made


def others(folder):
    made = {}

    def put(name, data, **expected):
        path = folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        made[path] = expected

    rows = [["Name", "Amount"], ["Kühn", "1.234,50"], ["O; Neil", "7"]]
    table = "\r\n".join(";".join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in rows)
    put("excel.csv", table.encode("cp1252"), tables=[rows])
    put("tabs.tsv", "a\tb\n1\t2\n", tables=[[["a", "b"], ["1", "2"]]])
    put("utf16.csv", "x,y\nä,2\n".encode("utf-16"), tables=[[["x", "y"], ["ä", "2"]]])
    with open(folder / "quoted.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["a", 'b "c"'], ["1,5", "line\nbreak"]])
    made[folder / "quoted.csv"] = {"tables": [[["a", 'b "c"'], ["1,5", "line\nbreak"]]]}
    put("records.json", json.dumps([{"a": 1, "b": "x"}, {"a": 2.5}]), tables=[[["a", "b"], ["1", "x"], ["2.5", ""]]])
    put("records.jsonl", '{"a": 1}\n{"a": 2}\n', tables=[[["a"], ["1"], ["2"]]])
    put("notes.md", "# Title\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n", tables=[[["a", "b"], ["1", "2"]]])
    put("page.html", "<title>T</title><h1>Head</h1><p>One <b>two</b>&nbsp;&amp; three<ul><li>item<li>more</ul><table><tr><th>k<th>v<tr><td>a<td>1</table>",
        order=["Head", "One two\u00a0& three", "item", "more"], tables=[[["k", "v"], ["a", "1"]]])
    message = EmailMessage()
    message["Subject"] = "Grüße aus Köln"
    message["From"] = "René Kühn <r@x.example>"
    message["To"] = "jana@x.example"
    message.set_content("Hallo\nund Gruß")
    message.add_alternative("<p>Hallo</p>", subtype="html")
    message.add_attachment(b"x,y\n1,2\n", maintype="text", subtype="csv", filename="zahlen.csv")
    put("mail.eml", bytes(message), seen=["Grüße aus Köln", "René Kühn", "und Gruß", "zahlen.csv"])
    with zipfile.ZipFile(folder / "old.zip", "w") as archive:
        archive.writestr("a/notes.txt", "inside")
        archive.write(folder / "excel.csv", "b.csv")
    made[folder / "old.zip"] = {"files": ["a/notes.txt", "b.csv"], "seen": ["inside", "Kühn"]}
    text = PngImagePlugin.PngInfo()
    text.add_text("Title", "A plan")
    Image.new("RGB", (40, 30)).save(folder / "picture.png", pnginfo=text)
    made[folder / "picture.png"] = {"seen": ["A plan", "40", "30"]}
    Image.new("RGB", (64, 20)).save(folder / "photo.jpg")
    made[folder / "photo.jpg"] = {"seen": ["64", "20"]}
    return made
