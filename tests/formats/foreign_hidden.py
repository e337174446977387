"""Texts that are in a file and that nobody sees, in many ways for each format; each names its way."""

import io
import zipfile

import docx
import openpyxl
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt, RGBColor
from lxml import etree
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor as SlideColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Cm
from pptx.util import Pt as SlidePt
from reportlab.lib import colors
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas


def write(folder):
    return {**document(folder), **workbook(folder), **deck(folder), **page(folder), **web(folder)}


def picture():
    data = io.BytesIO()
    Image.new("RGB", (200, 200), (200, 30, 30)).save(data, "PNG")
    data.seek(0)
    return data


def properties(run, xml):
    run._r.get_or_add_rPr().append(parse_xml(xml.replace("/>", f" {nsdecls('w')}/>", 1)))


def document(folder):
    document = docx.Document()
    hidden = {}

    def run(name, way):
        hidden[name] = way
        return document.add_paragraph("seen ").add_run(name)

    run("D01vanish", "it is marked as hidden").font.hidden = True
    style = document.styles.add_style("Ghost", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    run("D02style", "its style is marked as hidden").style = style
    style = document.styles.add_style("GhostParagraph", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    hidden["D03paragraph"] = "the paragraph's style is marked as hidden"
    document.add_paragraph("D03paragraph", style=style)
    run("D04white", "it is white on white").font.color.rgb = RGBColor(255, 255, 255)
    run("D05nearly", "it is nearly white").font.color.rgb = RGBColor(250, 250, 250)
    shaded = run("D06shaded", "it is black on black")
    shaded.font.color.rgb = RGBColor(0, 0, 0)
    properties(shaded, '<w:shd w:val="clear" w:fill="000000"/>')
    marked = run("D07marked", "it is yellow on a yellow mark")
    marked.font.color.rgb = RGBColor(255, 255, 0)
    properties(marked, '<w:highlight w:val="yellow"/>')
    run("D08tiny", "it is one point high").font.size = Pt(1)
    properties(run("D09narrow", "it is one percent wide"), '<w:w w:val="1"/>')
    hidden["D10indent"] = "it is right of the page"
    document.add_paragraph("D10indent").paragraph_format.left_indent = Pt(1500)
    hidden["D11flat"] = "its line is one point high"
    document.add_paragraph("D11flat").paragraph_format.line_spacing = Pt(1)
    hidden["D12frame"] = "its frame is off the page"
    framed = document.add_paragraph("D12frame")
    framed._p.get_or_add_pPr().append(parse_xml(f'<w:framePr {nsdecls("w")} w:x="20000" w:y="100" w:hAnchor="page"/>'))
    table = document.add_table(rows=2, cols=2)
    hidden["D13row"] = "its row has no height"
    table.rows[0].cells[0].text = "D13row"
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:trHeight {nsdecls("w")} w:val="10" w:hRule="exact"/>'))
    hidden["D14cell"] = "it is blue in a blue cell"
    table.rows[1].cells[0].paragraphs[0].add_run("D14cell").font.color.rgb = RGBColor(0, 0, 255)
    table.rows[1].cells[0]._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="0000FF"/>'))
    theme = run("D15theme", "it is in the theme's background colour")
    theme._r.get_or_add_rPr().append(parse_xml(f'<w:color {nsdecls("w")} w:val="000000" w:themeColor="background1"/>'))
    clear = run("D16clear", "it is transparent")
    clear._r.get_or_add_rPr().append(parse_xml(
        '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:solidFill><w14:srgbClr w14:val="000000">'
        '<w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>'))
    hidden["D17deleted"] = "it is struck out"
    struck = document.add_paragraph("kept ")
    struck._p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="9" w:author="Ines"><w:r><w:delText>D17deleted</w:delText></w:r></w:del>'))
    for name, way, extra in [
        ("D18outside", "its text box is off the page", "margin-left:-3000pt;width:100pt;height:20pt"),
        ("D19invisible", "its text box is invisible", "visibility:hidden;width:100pt;height:20pt"),
        ("D20nothing", "its text box has no size", "width:0pt;height:0pt"),
    ]:
        hidden[name] = way
        document.add_paragraph("box")._p.append(parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape style="position:absolute;{extra}">'
            f'<v:textbox><w:txbxContent><w:p><w:r><w:t>{name}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>'))
    hidden["D21condensed"] = "its letters lie on one another"
    properties(run("D21condensed", "its letters lie on one another"), '<w:spacing w:val="-200"/>')
    path = folder / "hidden.docx"
    document.save(path)
    return {path: {"hidden": hidden, "hidden_again": False, "seen": ["seen", "kept"]}}


def workbook(folder):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Shown"
    hidden = {}

    def put(place, name, way):
        hidden[name] = way
        sheet[place] = name
        return sheet[place]

    sheet["A1"] = "plain"
    put("A2", "X01row", "its row is hidden")
    sheet.row_dimensions[2].hidden = True
    put("C1", "X02column", "its column is hidden")
    sheet.column_dimensions["C"].hidden = True
    put("A3", "X03flat", "its row has no height")
    sheet.row_dimensions[3].height = 0.5
    put("E1", "X04narrow", "its column has no width")
    sheet.column_dimensions["E"].width = 0.1
    put("A4", "X05format", "its format prints nothing").number_format = ";;;"
    put("A5", "X06white", "it is white on nothing").font = Font(color="FFFFFFFF")
    cell = put("A6", "X07filled", "it is red on red")
    cell.font, cell.fill = Font(color="FFFF0000"), PatternFill("solid", fgColor="FFFF0000")
    put("A7", "X08tiny", "it is one point high").font = Font(size=1)
    put("A8", "X09folded", "its rows are folded away")
    sheet.row_dimensions[8].outlineLevel, sheet.row_dimensions[8].hidden = 1, True
    put("A10", "X10merged", "it lies under a merged cell")
    put("A20", "X11covered", "a picture lies over it")
    image = SheetImage(picture())
    image.width, image.height = 400, 200
    sheet.add_image(image, "A18")
    put("A30", "X12rule", "a rule makes it white")
    sheet.conditional_formatting.add("A30", FormulaRule(formula=["TRUE"], font=Font(color="FFFFFFFF")))
    put("A31", "X13theme", "it is in the theme's background colour").font = Font(color=openpyxl.styles.colors.Color(theme=0))
    put("A32", "X14nearly", "it is nearly white").font = Font(color="FFFAFAFA")
    put("A33", "X15replaced", "its format prints something else").number_format = '0;0;0;"other"'
    put("A34", "X16colour", "its format prints white").number_format = "[White]General;[White]General;[White]General;[White]@"
    other = book.create_sheet("Gone")
    other["A1"] = "X17sheet"
    hidden["X17sheet"] = "its sheet is hidden"
    other.sheet_state = "hidden"
    other = book.create_sheet("Deep")
    other["A1"] = "X18deep"
    hidden["X18deep"] = "its sheet is very hidden"
    other.sheet_state = "veryHidden"
    path = folder / "hidden.xlsx"
    book.save(path)
    # openpyxl empties cells under a merged one: the merge is put in afterwards.
    data = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            data[name] = archive.read(name)
    part = "xl/worksheets/sheet1.xml"
    data[part] = data[part].replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A9:A11"/></mergeCells>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in data.items():
            archive.writestr(name, content)
    return {path: {"hidden": hidden, "hidden_again": False, "seen": ["plain"]}}


def deck(folder):
    deck = Presentation()
    hidden = {}
    blank = deck.slide_layouts[6]

    def box(slide, name, way, left=2, top=2, width=8, height=2):
        hidden[name] = way
        shape = slide.shapes.add_textbox(Cm(left), Cm(top), Cm(width), Cm(height))
        shape.text_frame.text = name
        return shape, shape.text_frame.paragraphs[0].runs[0]

    gone = deck.slides.add_slide(blank)
    gone._element.set("show", "0")
    box(gone, "P01slide", "its slide is hidden")
    slide = deck.slides.add_slide(blank)
    slide.shapes.add_textbox(Cm(1), Cm(1), Cm(5), Cm(1)).text_frame.text = "plain"
    box(slide, "P02outside", "it is off the slide", left=60)
    box(slide, "P03above", "it is above the slide", top=-20)
    box(slide, "P04point", "it has no size", width=0, height=0)
    shape, _ = box(slide, "P05marked", "it is marked as hidden", top=3)
    shape._element.nvSpPr.cNvPr.set("hidden", "1")
    _, run = box(slide, "P06white", "it is white on white", top=4)
    run.font.color.rgb = SlideColor(255, 255, 255)
    shape, run = box(slide, "P07filled", "it is blue on blue", top=5)
    shape.fill.solid()
    shape.fill.fore_color.rgb = SlideColor(0, 0, 200)
    run.font.color.rgb = SlideColor(0, 0, 205)
    _, run = box(slide, "P08tiny", "it is one point high", top=6)
    run.font.size = SlidePt(1)
    _, run = box(slide, "P09theme", "it is in the theme's background colour", top=7)
    run.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    shape, run = box(slide, "P10clear", "it is transparent", top=8)
    run.font.color.rgb = SlideColor(0, 0, 0)
    fill = run._r.rPr.find("{http://schemas.openxmlformats.org/drawingml/2006/main}solidFill")[0]
    etree.SubElement(fill, "{http://schemas.openxmlformats.org/drawingml/2006/main}alpha").set("val", "0")
    _, run = box(slide, "P11nofill", "its letters have no fill", top=9)
    etree.SubElement(run._r.get_or_add_rPr(), "{http://schemas.openxmlformats.org/drawingml/2006/main}noFill")
    shape, _ = box(slide, "P12shrunk", "it is shrunk to nothing", top=10)
    body = shape.text_frame._txBody.bodyPr
    for child in list(body):
        body.remove(child)
    etree.SubElement(body, "{http://schemas.openxmlformats.org/drawingml/2006/main}normAutofit").set("fontScale", "5000")
    covered = deck.slides.add_slide(blank)
    box(covered, "P13picture", "a picture lies over it", left=3, top=3, width=6, height=2)
    covered.shapes.add_picture(picture(), Cm(2), Cm(2), Cm(10), Cm(8))
    covered = deck.slides.add_slide(blank)
    box(covered, "P14shape", "a filled shape lies over it", left=3, top=3, width=6, height=2)
    over = covered.shapes.add_shape(1, Cm(2), Cm(2), Cm(10), Cm(8))
    over.fill.solid()
    over.fill.fore_color.rgb = SlideColor(10, 120, 10)
    dark = deck.slides.add_slide(blank)
    dark.background.fill.solid()
    dark.background.fill.fore_color.rgb = SlideColor(20, 20, 20)
    _, run = box(dark, "P15dark", "it is black on a black slide")
    run.font.color.rgb = SlideColor(25, 25, 25)
    on = deck.slides.add_slide(blank)
    under = on.shapes.add_shape(1, Cm(1), Cm(1), Cm(15), Cm(8))
    under.fill.solid()
    under.fill.fore_color.rgb = SlideColor(200, 0, 0)
    _, run = box(on, "P16on", "it is red on a red shape below it")
    run.font.color.rgb = SlideColor(200, 5, 5)
    group = on.shapes.add_group_shape()
    inner = group.shapes.add_textbox(Cm(2), Cm(12), Cm(5), Cm(2))
    inner.text_frame.text = "P17group"
    hidden["P17group"] = "its group is marked as hidden"
    group._element.nvGrpSpPr.cNvPr.set("hidden", "1")
    path = folder / "hidden.pptx"
    deck.save(path)
    return {path: {"hidden": hidden, "hidden_again": False, "seen": ["plain"]}}


def page(folder):
    path = folder / "hidden.pdf"
    page = canvas.Canvas(str(path))
    hidden = {}

    def at(y, name, way):
        hidden[name] = way
        return 72, y, name

    page.drawString(72, 780, "plain text")
    text = page.beginText(72, 760)
    text.setTextRenderMode(3)
    text.textOut("F01invisible")
    text.setTextRenderMode(0)
    hidden["F01invisible"] = "it is drawn without ink"
    page.drawText(text)
    page.setFillColor(colors.white)
    page.drawString(*at(740, "F02white", "it is white on white"))
    page.setFillColorRGB(0.98, 0.98, 0.98)
    page.drawString(*at(720, "F03nearly", "it is nearly white"))
    page.setFillColorRGB(0.8, 0, 0)
    page.rect(70, 695, 200, 20, stroke=0, fill=1)
    page.drawString(*at(700, "F04filled", "it is red on a red area"))
    page.setFillColor(colors.black)
    page.setFont("Helvetica", 1)
    page.drawString(*at(680, "F05tiny", "it is one point high"))
    page.setFont("Helvetica", 12)
    page.drawString(-500, 660, "F06left")
    hidden["F06left"] = "it is left of the page"
    page.drawString(72, 2000, "F07above")
    hidden["F07above"] = "it is above the page"
    page.saveState()
    path_ = page.beginPath()
    path_.rect(0, 0, 1, 1)
    page.clipPath(path_, stroke=0)
    page.drawString(*at(640, "F08clipped", "it is outside what is let through"))
    page.restoreState()
    page.saveState()
    page.setFillAlpha(0)
    page.drawString(*at(620, "F09clear", "it is transparent"))
    page.restoreState()
    page.drawString(*at(600, "F10covered", "an area is drawn over it"))
    page.setFillColorRGB(0.2, 0.2, 0.9)
    page.rect(60, 590, 300, 30, stroke=0, fill=1)
    page.setFillColor(colors.black)
    page.drawString(*at(500, "F11picture", "a picture is drawn over it"))
    page.drawImage(ImageReader(picture()), 60, 480, 300, 60)
    text = page.beginText(72, 460)
    text.setHorizScale(0.5)
    text.textOut("F12narrow")
    text.setHorizScale(100)
    hidden["F12narrow"] = "it has no width"
    page.drawText(text)
    page.saveState()
    page.scale(0.05, 0.05)
    page.drawString(72 * 20, 440 * 20, "F13scaled")
    hidden["F13scaled"] = "it is scaled to less than a point"
    page.restoreState()
    page.save()
    return {path: {"hidden": hidden, "seen": ["plain text"]}}


def web(folder):
    ways = {
        "H01none": ("display:none", "it is not displayed"),
        "H02hidden": ("visibility:hidden", "it is invisible"),
        "H03white": ("color:#fff", "it is white on white"),
        "H04same": ("color:#102030;background:#112131", "it is in the colour of its ground"),
        "H05tiny": ("font-size:1px", "it is one pixel high"),
        "H06away": ("position:absolute;left:-9999px", "it is off the page"),
        "H07clear": ("opacity:0", "it is transparent"),
        "H08flat": ("height:0;overflow:hidden", "it is clipped"),
        "H09indent": ("text-indent:-9999px", "it is moved away"),
        "H10rgba": ("color:rgba(0,0,0,0)", "it is transparent"),
        "H11clip": ("position:absolute;clip:rect(0,0,0,0)", "it is clipped"),
        "H12scale": ("transform:scale(0)", "it is scaled to nothing"),
    }
    hidden = {name: way for name, (_, way) in ways.items()}
    body = "".join(f'<p style="{style}">{name}</p>' for name, (style, _) in ways.items())
    hidden["H13class"] = "a rule hides its class"
    hidden["H14attribute"] = "it has the attribute hidden"
    hidden["H15folded"] = "it is folded away"
    body += '<p class="x">H13class</p><p hidden>H14attribute</p><details><summary>open</summary><p>H15folded</p></details>'
    path = folder / "hidden.html"
    path.write_text(f"<html><head><style>.x {{ display: none }}</style></head><body><p>plain</p>{body}</body></html>")
    return {path: {"hidden": hidden, "seen": ["plain", "open"]}}
