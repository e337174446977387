#!/usr/bin/env python3
"""Makes the fonts that documents embed, and the table of their characters.

Every face has the same characters at the same glyph numbers: glyph 1 is the first character of the list below. The
first part of the list, the Latin one, is also a font of its own, so that most documents embed a third of the bytes.
What a family lacks is taken from Noto Sans Math, Noto Sans Symbols 2 and Noto Sans Mono. Hints and layout tables are left out; all
fonts have 1,000 units to the em, so widths are those of a pdf.

  apt-get install fonts-noto-core fonts-noto-mono fonts-crosextra-carlito    # Debian 12: 20201225-1, 20220224-1
  pip install fonttools==4.68.0 zopfli==0.4.3
  python specs/data/fonts/make.py

Writes `<family>-<face>.<part>.z`, each a zlib stream of a TrueType font, `<part>.cmap.z`, the zlib stream of the table that
leads from glyphs back to characters, `characters.csv` with the widths of all characters in all faces, and `faces.csv` with
what a pdf says about a face. Prints the hashes for `DATA-LICENSES.md`.
"""
import copy
import hashlib
import pathlib
import zlib

import zopfli.zlib
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables import ttProgram
from fontTools.ttLib.tables._g_l_y_f import Glyph

HERE = pathlib.Path(__file__).parent
SYSTEM = pathlib.Path("/usr/share/fonts/truetype")
FACES = ["Regular", "Bold", "Italic", "BoldItalic"]
# Carlito's licence keeps that name for unchanged copies.
FAMILIES = {
    "sans": ("Noto Sans", {face: f"noto/NotoSans-{face}.ttf" for face in FACES}),
    "humanist": ("Brightwell", {face: f"crosextra/Carlito-{face}.ttf" for face in FACES}),
    "serif": ("Noto Serif", {face: f"noto/NotoSerif-{face}.ttf" for face in FACES}),
    "mono": ("Noto Sans Mono", {face: f"noto/NotoSansMono-{face}.ttf" for face in FACES[:2]}),
}
REST = ["noto/NotoSansMath-Regular.ttf", "noto/NotoSansSymbols2-Regular.ttf", "noto/NotoSans-Regular.ttf",
        "noto/NotoSansMono-Regular.ttf"]
LICENCE = "SIL Open Font License, Version 1.1"
MONO = 600
# When the fonts were made, as they say: 2026-11-25, in seconds since 1904.
MADE = 3_878_409_600


def span(first, last, without=()):
    return [code for code in range(first, last + 1) if code not in without]


LATIN = (
    span(0x20, 0x7E) + span(0xA0, 0xFF, [0xAD]) + span(0x100, 0x17F) + [0x192, 0x218, 0x219, 0x21A, 0x21B]
    + [0x2C6, 0x2C7, 0x2D8, 0x2D9, 0x2DA, 0x2DB, 0x2DC, 0x2DD, 0x1E9E]
    + span(0x2010, 0x2015) + span(0x2018, 0x201E) + [0x2020, 0x2021, 0x2022, 0x2023, 0x2026, 0x202F, 0x2030, 0x2032, 0x2033]
    + [0x2007, 0x2009, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2113, 0x2116, 0x2122, 0x2126, 0x2190, 0x2191, 0x2192, 0x2193, 0x2194]
    + [0x2206, 0x2211, 0x2212, 0x221A, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265]
    + [0x25A0, 0x25AA, 0x25B2, 0x25BC, 0x25CF, 0x25CB, 0x25E6, 0x2610, 0x2611, 0x2612, 0x2713, 0x2714, 0x2717, 0x2718]
)
EUROPEAN = (
    span(0x300, 0x304) + span(0x306, 0x30C) + [0x323, 0x326, 0x327, 0x328]
    + span(0x384, 0x3CE, [0x38B, 0x38D, 0x3A2]) + span(0x400, 0x45F) + [0x490, 0x491]
    + span(0x1CD, 0x1DC) + span(0x1E80, 0x1E85) + [0x1EF2, 0x1EF3]
    + [0x2002, 0x2003, 0x2016, 0x2017, 0x201F, 0x2031, 0x2034, 0x203B, 0x203C, 0x203D, 0x203E, 0x2070]
    + span(0x2074, 0x2089) + span(0x20A0, 0x20BF, [0x20AC]) + [0x2103, 0x2105, 0x2109, 0x2117, 0x2120, 0x212E] + span(0x2150, 0x215E)
    + span(0x2195, 0x2199) + [0x21B5, 0x21D0, 0x21D1, 0x21D2, 0x21D3, 0x21D4]
    + [0x2200, 0x2202, 0x2203, 0x2205, 0x2207, 0x2208, 0x220F, 0x2215, 0x2219, 0x221D, 0x2220, 0x2225, 0x2227, 0x2228, 0x2229, 0x222A]
    + [0x222B, 0x2234, 0x223C, 0x2243, 0x2245, 0x2261, 0x226A, 0x226B, 0x2282, 0x2283, 0x2286, 0x2287, 0x22C5, 0x2300]
    + [0x25A1, 0x25AB, 0x25B3, 0x25B6, 0x25BD, 0x25C0, 0x25C6, 0x25C7, 0x25CA, 0x2605, 0x2606, 0x2660, 0x2663, 0x2665, 0x2666, 0x26A0]
    + [0x25B8, 0x25BA, 0x2794, 0x279C, 0x27A4]
    + [0x2500, 0x2502, 0x250C, 0x2510, 0x2514, 0x2518, 0x251C, 0x2524, 0x252C, 0x2534, 0x253C, 0x2550, 0x2551]
    + [0x2580, 0x2584, 0x2588, 0x2591, 0x2592, 0x2593]
)
# Spaces and hyphens that a font may lack are drawn as others.
SAME = {0x2300: 0xD8, 0x2010: 0x2D, 0x2011: 0x2D, 0x2007: 0x30, 0x202F: 0x2009, 0xA0: 0x20, 0x203E: 0xAF, 0x2126: 0x3A9, 0x2219: 0xB7, 0x22C5: 0xB7}


class Source:
    """A font that glyphs are taken from, in thousandths of the em."""

    def __init__(self, path):
        self.font = TTFont(SYSTEM / path)
        if self.font["head"].unitsPerEm != 1000:
            scale_upem(self.font, 1000)
        self.characters = self.font.getBestCmap()
        self.glyphs = self.font["glyf"]
        self.widths = self.font["hmtx"]

    def glyph(self, code):
        name = self.characters.get(code)
        return None if name is None else (self, name)


def find(code, sources):
    """The first source that has a character, and its name there."""
    for source in sources:
        if found := source.glyph(code):
            return found
    if code in SAME:
        return find(SAME[code], sources)
    raise SystemExit(f"no font has U+{code:04X}")


def draw(source, name, width):
    """A glyph of plain outlines with its advance; squeezed where all advances must be `width`."""
    glyph = source.glyphs[name]
    coordinates, ends, flags = glyph.getCoordinates(source.glyphs)
    advance = source.widths[name][0]
    coordinates = copy.deepcopy(coordinates)
    if width and advance != width and advance:
        # What is wider is squeezed, what is narrower is put in the middle.
        if advance > width:
            coordinates.scale((width / advance, 1))
            advance = width
        coordinates.translate(((width - advance) / 2, 0))
    if width:
        advance = width
    coordinates.toInt()
    drawn = Glyph()
    drawn.numberOfContours = len(ends)
    drawn.coordinates, drawn.endPtsOfContours, drawn.flags = coordinates, list(ends), bytearray(flags)
    drawn.program = ttProgram.Program()
    drawn.program.fromBytecode(b"")
    return drawn, advance


def build(family, face, codes, sources, width):
    """A TrueType font of some characters, as bytes."""
    first = sources[0].font
    names = {code: f"u{code:04X}" for code in codes}
    glyphs, advances = {}, {}
    blank, advances[".notdef"] = draw(sources[0], ".notdef", width)
    glyphs[".notdef"] = blank
    for code, name in names.items():
        source, taken = find(code, sources)
        # Marks that stand on the letter before them have no width, in a mono font either.
        mark = 0x300 <= code < 0x370
        glyphs[name], advances[name] = draw(source, taken, 0 if mark else width)
        if mark:
            advances[name] = 0
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *names.values()])
    builder.setupCharacterMap(names)
    builder.setupGlyf(glyphs)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics({name: (advances[name], getattr(table[name], "xMin", 0) or 0) for name in table.keys()})
    builder.setupHorizontalHeader(ascent=first["hhea"].ascent, descent=first["hhea"].descent)
    style = "Bold Italic" if face == "BoldItalic" else face
    builder.setupNameTable(
        {"familyName": family, "styleName": style, "fullName": f"{family} {style}", "psName": f"{family.replace(' ', '')}-{face}",
         "copyright": sources[0].font["name"].getDebugName(0), "version": "Version 1.000", "licenseDescription": LICENCE},
        mac=False)
    os2 = first["OS/2"]
    builder.setupOS2(
        version=4, sTypoAscender=os2.sTypoAscender, sTypoDescender=os2.sTypoDescender, usWinAscent=os2.usWinAscent,
        usWinDescent=os2.usWinDescent, sxHeight=getattr(os2, "sxHeight", 0), sCapHeight=getattr(os2, "sCapHeight", 0),
        usWeightClass=os2.usWeightClass, fsType=0)
    builder.setupPost(italicAngle=first["post"].italicAngle, isFixedPitch=int(bool(width)), keepGlyphNames=False)
    head = builder.font["head"]
    head.created = head.modified = MADE
    head.macStyle = (1 if "Bold" in face else 0) | (2 if "Italic" in face else 0)
    builder.font.recalcTimestamp = False
    path = HERE / "made.ttf"
    builder.save(path)
    made = path.read_bytes()
    path.unlink()
    return made, [advances[name] for name in names.values()]


def cmap(codes):
    """The table of a pdf that says which characters the glyphs are, in runs that differ in their last byte alone."""
    runs = []
    for glyph, code in enumerate(codes, start=1):
        if runs and (last := runs[-1])[2] + 1 == code and code >> 8 == last[2] >> 8 and glyph >> 8 == last[1] >> 8:
            last[1], last[2] = glyph, code
        else:
            runs.append([glyph, glyph, code, code])
    lines = [f"<{first:04X}> <{last:04X}> <{code:04X}>" for first, last, _, code in runs]
    blocks = [lines[at:at + 100] for at in range(0, len(lines), 100)]
    ranges = "".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{ranges}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").encode()


def keep(name, content):
    """Writes a file packed, and gives its own length."""
    packed = zopfli.zlib.compress(content, numiterations=15)
    assert zlib.decompress(packed) == content
    (HERE / name).write_bytes(packed)
    return len(content)


def described(title, source, name, face, lengths):
    """The row of `faces.csv`."""
    font = source.font
    head, os2 = font["head"], font["OS/2"]
    numbers = [head.yMin, head.yMax, font["hhea"].ascent, font["hhea"].descent, os2.sCapHeight, int(font["post"].italicAngle)]
    return ",".join([title, f"{name.replace(' ', '')}-{face}", *map(str, numbers + lengths)])


def licences():
    """Prints the hashes for `DATA-LICENSES.md`."""
    for path in sorted(HERE.iterdir()):
        if path.suffix in (".z", ".csv"):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            print(f"`data/fonts/{path.name}` `{digest}`")


def main():
    rest = [Source(path) for path in REST]
    parts = {"latin": LATIN, "european": LATIN + EUROPEAN}
    columns, faces = {}, ["face,name,bottom,top,ascent,descent,capitals,angle,latin,european"]
    for family, (name, files) in FAMILIES.items():
        for face, path in files.items():
            own = Source(path)
            title = f"{family}-{face.replace('BoldItalic', 'bold-italic').lower()}"
            lengths = []
            for part, codes in parts.items():
                made, columns[title] = build(name, face, codes, [own, *rest], MONO if family == "mono" else 0)
                lengths.append(keep(f"{title}.{part}.z", made))
            faces.append(described(title, own, name, face, lengths))
    lines = [",".join(["character", "part", *columns])]
    for at, code in enumerate(parts["european"]):
        part = "latin" if at < len(LATIN) else "european"
        lines.append(",".join([f"{code:04X}", part, *(str(widths[at]) for widths in columns.values())]))
    (HERE / "characters.csv").write_text("\n".join(lines) + "\n")
    (HERE / "faces.csv").write_text("\n".join(faces) + "\n")
    for part, codes in parts.items():
        keep(f"{part}.cmap.z", cmap(codes))
    licences()


assert len(set(LATIN + EUROPEAN)) == len(LATIN + EUROPEAN), "a character is listed twice"
main()
