#!/usr/bin/env python3
"""The office documents of a world once more, by the libraries a user would take: their words, tables, cells, formulas, charts,
pictures and notes, but for what is left out below.

    python3 benches/python_same.py read FOLDER FILE     what the documents below a folder hold, as plain values
    python3 benches/python_same.py write FILE FOLDER    documents that hold the same

Only `write` is measured. Looks are kept as far as they are cheap to say (bold, number formats, fills, widths), pictures are
given as they are. What is left out makes Python faster, never slower:
- docx: tracked changes and comments.
- xlsx: frozen panes, conditional formats, hidden sheets, defined names; a chart is one of columns over the first rows.
- pptx: slide numbers; a chart of lines is one of columns.
- pdf: tables, drawings and pictures, of which only the lines of text remain; the font, one of the core ones and not embedded,
  in which signs beyond Latin-1, those of most currencies among them, become `?`; outlines.
- of all: core properties.
"""

import io
import pathlib
import pickle
import sys


def read_docx(path):
    import docx

    document, blocks = docx.Document(path), []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            blocks.append((None, [[cell.text for cell in row.cells] for row in block.rows]))
        else:
            style = block.style.name if block.style.name.startswith(("Heading", "Title", "List")) else "Normal"
            blocks.append((style, [(run.text, bool(run.bold), bool(run.italic)) for run in block.runs]))
    pictures = [part.blob for part in document.part.package.iter_parts() if part.content_type.startswith("image/")]
    section = document.sections[0]
    edges = ["\n".join(line.text for line in edge.paragraphs) for edge in (section.header, section.footer)]
    return blocks, pictures, edges


def write_docx(blocks, pictures, edges):
    import docx

    document = docx.Document()
    known = {style.name for style in document.styles}
    section = document.sections[0]
    for edge, text in zip((section.header, section.footer), edges):
        edge.paragraphs[0].text = text
    for style, content in blocks:
        if style is None:
            table = document.add_table(rows=len(content), cols=max(map(len, content)), style="Table Grid")
            for row, texts in zip(table.rows, content):
                for cell, text in zip(row.cells, texts):
                    cell.text = text
        else:
            paragraph = document.add_paragraph(style=style if style in known else None)
            for text, bold, italic in content:
                run = paragraph.add_run(text)
                run.bold, run.italic = bold, italic
    for picture in pictures:
        document.add_picture(io.BytesIO(picture))
    return saved(document)


def read_xlsx(path):
    import openpyxl

    book, results = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    sheets = []
    for sheet in book.worksheets:
        cells = []
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            is_formula = cell.data_type == "f"
            value = str(getattr(cell.value, "text", cell.value)) if is_formula else cell.value
            look = (cell.number_format, bool(cell.font.b), cell.fill.fgColor.rgb if cell.fill.fill_type else None)
            result = results[sheet.title][cell.coordinate].value if is_formula else None
            cells.append((cell.row - 1, cell.column - 1, value, result, look, cell.comment.text if cell.comment else None))
        widths = [(name, column.width) for name, column in sheet.column_dimensions.items()]
        sheets.append((sheet.title, cells, widths, sheet.auto_filter.ref, len(sheet._charts), sheet.max_row))
    return (sheets,)


def format_of(number, bold, fill):
    return {"num_format": number, "bold": bold} | ({"bg_color": "#" + fill[-6:]} if isinstance(fill, str) else {})


def write_xlsx(sheets):
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    looks = {look for _, cells, *_ in sheets for _, _, _, _, look, _ in cells}
    formats = {look: book.add_format(format_of(*look)) for look in looks}
    for title, cells, widths, filtered, charts, rows in sheets:
        sheet = book.add_worksheet(title)
        for name, width in widths:
            sheet.set_column(f"{name}:{name}", width)
        if filtered:
            sheet.autofilter(filtered)
        for row, column, value, result, look, comment in cells:
            match value:
                case str() if value.startswith("="):
                    sheet.write_formula(row, column, value, formats[look], result if isinstance(result, (int, float, str)) else 0)
                case bool():
                    sheet.write_boolean(row, column, value, formats[look])
                case int() | float():
                    sheet.write_number(row, column, value, formats[look])
                case str():
                    sheet.write_string(row, column, value, formats[look])
                case _:
                    sheet.write_datetime(row, column, value, formats[look])
            if comment:
                sheet.write_comment(row, column, comment)
        for _ in range(charts):
            chart = book.add_chart({"type": "column"})
            last = min(12, rows - 1)
            chart.add_series({"categories": [title, 1, 0, last, 0], "values": [title, 1, 1, last, 1]})
            sheet.insert_chart(1, 8, chart)
    book.close()
    return out.getvalue()


def read_pptx(path):
    import pptx

    slides = []
    for slide in pptx.Presentation(path).slides:
        shapes = []
        for shape in slide.shapes:
            place = [side or 0 for side in (shape.left, shape.top, shape.width, shape.height)]
            if shape.has_text_frame:
                shapes.append(("text", [[run.text for run in line.runs] for line in shape.text_frame.paragraphs], place))
            elif shape.has_table:
                shapes.append(("table", [[cell.text for cell in row.cells] for row in shape.table.rows], place))
            elif shape.has_chart:
                plot = shape.chart.plots[0]
                series = [(str(series.name), [float(value or 0) for value in series.values]) for series in plot.series]
                shapes.append(("chart", ([str(label) for label in plot.categories], series), place))
            elif hasattr(shape, "image"):
                shapes.append(("picture", shape.image.blob, place))
        slides.append((shapes, slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else None))
    return (slides,)


def write_pptx(slides):
    import pptx
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    deck = pptx.Presentation()
    for shapes, notes in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[6])
        for kind, content, place in shapes:
            if kind == "text":
                frame = slide.shapes.add_textbox(*place).text_frame
                for number, texts in enumerate(content):
                    line = frame.add_paragraph() if number else frame.paragraphs[0]
                    for text in texts:
                        line.add_run().text = text
            elif kind == "table":
                table = slide.shapes.add_table(len(content), len(content[0]), *place).table
                for row, texts in enumerate(content):
                    for column, text in enumerate(texts):
                        table.cell(row, column).text = text
            elif kind == "chart":
                data = CategoryChartData()
                data.categories, series = content
                for name, values in series:
                    data.add_series(name, values)
                slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data)
            else:
                slide.shapes.add_picture(io.BytesIO(content), *place)
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    return saved(deck)


def read_pdf(path):
    import pypdf

    # The fonts that fpdf2 brings know Latin letters only.
    text = lambda page: page.extract_text().encode("latin-1", "replace").decode("latin-1")
    return ([text(page).split("\n") for page in pypdf.PdfReader(path).pages],)


def write_pdf(pages):
    import fpdf

    document = fpdf.FPDF()
    document.set_auto_page_break(False)
    for lines in pages:
        document.add_page()
        document.set_font("Helvetica", size=10)
        for line in lines:
            document.multi_cell(0, 5, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(document.output())


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


KINDS = {
    ".docx": (read_docx, write_docx),
    ".xlsx": (read_xlsx, write_xlsx),
    ".pptx": (read_pptx, write_pptx),
    ".pdf": (read_pdf, write_pdf),
}


def read(folder, file):
    paths = (path for path in sorted(pathlib.Path(folder).rglob("*")) if path.suffix in KINDS and path.is_file())
    pathlib.Path(file).write_bytes(pickle.dumps([(path.suffix, KINDS[path.suffix][0](path)) for path in paths]))


def write(file, folder):
    for number, (kind, content) in enumerate(pickle.loads(pathlib.Path(file).read_bytes())):
        pathlib.Path(folder, f"{number}{kind}").write_bytes(KINDS[kind][1](*content))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["read", folder, file]:
            read(folder, file)
        case ["write", file, folder]:
            write(file, folder)
        case _:
            sys.exit(__doc__)
