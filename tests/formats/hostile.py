#!/usr/bin/env python3
"""Files that are broken or made to do harm: each must have an answer, in bounded memory and without a panic.

    tests/formats/hostile.py READER FOLDER [MUTATIONS]     FOLDER holds the files to break, those of tests/formats/foreign.py among them

Every reader process is watched: more than 256 MiB of memory beside the file, a panic or a file it has written is a fault.
"""

import io
import random
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

LIMIT = 256 << 20


def archive(parts, **changes):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return data.getvalue()


def parts(path):
    with zipfile.ZipFile(path) as made:
        return {name: made.read(name) for name in made.namelist()}


def with_part(path, name, content):
    return archive({**parts(path), name: content})


def sheet(cells):
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'.encode()


def hostile(folder):
    """Name and bytes of the forty."""
    docx, xlsx, pptx = (folder / name for name in ("python-docx-0.docx", "openpyxl-0.xlsx", "python-pptx-0.pptx"))
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
    first = "xl/worksheets/sheet1.xml"
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(b'<!ENTITY b%d "%s">' % (n, b"&b%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9)) + b"]>"
    yield "bomb.docx", with_part(docx, "word/document.xml", b"<a>" + b" " * (300 << 20))
    yield "bomb.xlsx", with_part(xlsx, first, sheet("<row>" + "<c/>" * (30 << 20)))
    yield "bomb.pptx", with_part(pptx, "ppt/slides/slide1.xml", b"<a>" + b"<b/>" * (20 << 20))
    yield "bomb.zip", archive({f"{n}.txt": b"0" * (60 << 20) for n in range(8)})
    yield "nested.zip", archive({"a.zip": archive({"b.zip": archive({"c.zip": archive({"d.txt": b"deep"})})})})
    yield "laughs.docx", with_part(docx, "word/document.xml", laughs + body % b"<w:p><w:r><w:t>&b8;</w:t></w:r></w:p>")
    yield "laughs.xlsx", with_part(xlsx, first, laughs + sheet("<row><c><v>&b8;</v></c></row>"))
    yield "outside.docx", with_part(docx, "word/document.xml", b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + body % b"")
    yield "deep.docx", with_part(docx, "word/document.xml", body % (b"<w:tbl><w:tr><w:tc>" * 100_000))
    yield "deep.pptx", with_part(pptx, "ppt/slides/slide1.xml", b"<p:sld xmlns:p='x'>" + b"<p:grpSp>" * 100_000)
    yield "attributes.docx", with_part(docx, "word/document.xml", b"<a " + b" ".join(b'a%d="x"' % n for n in range(300_000)) + b"/>")
    yield "spaces.docx", with_part(docx, "word/document.xml", b"<a>" + b"".join(b'<b xmlns:n%d="x"/>' % n for n in range(200_000)) + b"</a>")
    yield "names.zip", archive({"../../evil.txt": b"x"})
    yield "names.docx", with_part(docx, "../../evil.xml", b"x")
    yield "absolute.zip", archive({"/etc/evil": b"x"})
    yield "drive.zip", archive({"C:\\evil.txt": b"x"})
    yield "many.zip", many()
    for kind in ("docx", "xlsx", "zip"):
        yield f"claims.{kind}", claims(docx if kind == "docx" else xlsx)
    yield "overlap.zip", overlap()
    yield "ring.xlsx", with_part(xlsx, first, sheet("".join(f'<row r="{n}"><c r="A{n}"><f>A{n % 5000 + 1}+1</f></c></row>' for n in range(1, 5001))))
    yield "self.xlsx", with_part(xlsx, first, sheet('<row r="1"><c r="A1"><f>SUM(A:A)</f></c></row>'))
    yield "chain.xlsx", with_part(xlsx, first, sheet('<row r="1"><c r="A1"><v>1</v></c></row>' + "".join(f'<row r="{n}"><c r="A{n}"><f>A{n - 1}+1</f></c></row>' for n in range(2, 50_000))))
    yield "doubling.xlsx", with_part(xlsx, first, sheet('<row r="1"><c r="A1" t="str"><v>text</v></c></row>' + "".join(f'<row r="{n}"><c r="A{n}"><f>A{n - 1}&amp;A{n - 1}</f></c></row>' for n in range(2, 200))))
    yield "huge.xlsx", with_part(xlsx, first, sheet('<row r="1"><c r="A1"><f>SUM(A2:XFD1048576*1)</f></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    for name, formula in [("whole", "SUM(A2:XFD1048576*1)"), ("every", "SUMPRODUCT(A2:XFD1048576,A2:XFD1048576)"), ("sorted", "SUM(SORT(B:XFD))"), ("looked", "VLOOKUP(1,B:XFD,2,FALSE)"), ("counted", "COUNTIF(A2:XFD1048576,1)")]:
        yield f"{name}.xlsx", with_part(xlsx, first, sheet(f'<row r="1"><c r="A1"><f>{formula}</f></c></row>'))
    yield "product.xlsx", with_part(xlsx, first, sheet('<row r="1"><c r="B1"><f>SUM(A2:A1048576*C1:XFD1)</f></c></row>'))
    yield "brackets.xlsx", with_part(xlsx, first, sheet(f'<row r="1"><c r="A1"><f>{"(" * 4000}1{")" * 4000}</f></c></row>'))
    yield "minus.xlsx", with_part(xlsx, first, sheet(f'<row r="1"><c r="A1"><f>{"-" * 8000}1</f></c></row>'))
    yield "power.xlsx", with_part(xlsx, first, sheet(f'<row r="1"><c r="A1"><f>{"2^" * 4000}1</f></c></row>'))
    yield "sequence.xlsx", with_part(xlsx, first, sheet('<row r="1"><c r="A1"><f>SUM(SEQUENCE(1048576,16384))</f></c></row>'))
    yield "rept.xlsx", with_part(xlsx, first, sheet('<row r="1"><c r="A1"><f>REPT("x",1E+300)</f></c></row>'))
    yield "offset.xlsx", with_part(xlsx, first, sheet('<row r="1"><c r="A1"><f>SUM(OFFSET(B1,0,0,1048576,16000)*1)</f></c></row>'))
    yield "shared.xlsx", with_part(xlsx, first, sheet('<row r="1">' + '<c r="B1"><f t="shared" si="0" ref="A1:Z9">A1</f></c>' * 50_000 + "</row>"))
    yield "fills.xlsx", with_part(xlsx, first, sheet('<row r="1"><c r="A1"><f t="array" ref="A1:XFD1048576">1+1</f></c></row>'))
    pdf = b"%PDF-1.7\n1 0 obj\n<</Length 99999999999/Filter/FlateDecode>>\nstream\n" + zlib.compress(b"BT (x) Tj ET " * (20 << 20)) + b"\nendstream\nendobj\n"
    yield "bomb.pdf", pdf
    yield "brackets.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nstream\n" + b"(" * 5_000_000 + b"\nendstream"
    yield from pages()
    yield "fields.csv", b"," * (20 << 20)
    yield "lines.txt", b"\n" * (20 << 20)
    yield "arrays.json", b"[" * (5 << 20)
    yield "tags.html", b"<div>" * (4 << 20)
    yield "parts.eml", b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 1_000_000


def pdf(*objects):
    """A file of one page; object 4 is what it shows, and more follow from 5 on."""
    head = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>/Font<</F 5 0 R>>>>>>"]
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, text) for number, text in enumerate([*head, *objects], 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n"


def stream(data, about=b""):
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (about, len(data), data)


def pages():
    """Pages that refer to themselves, unpack to too much, or hold more than anybody draws."""
    flate = b"/Filter/FlateDecode"
    form = b"/Subtype/Form/Resources<</XObject<</X %d 0 R>>>>"
    yield "tree.pdf", pdf(stream(b"")).replace(b"/Kids[3 0 R]", b"/Kids[" + b"2 0 R " * 1000 + b"]")
    yield "doubling.pdf", pdf(stream(b"/X Do"), *[stream(b"/X Do " * 20, form % (number + 1)) for number in range(5, 60)])
    yield "streams.pdf", pdf(stream(b""), *[stream(zlib.compress(b"1 0 " + b" " * (40 << 20)), b"/Type/ObjStm/N 1/First 4" + flate)] * 40)
    yield "twice.pdf", pdf(stream(zlib.compress(zlib.compress(b"0" * (900 << 20), 9), 9), b"/Filter[/FlateDecode/FlateDecode]"))
    yield "pieces.pdf", pdf(stream(zlib.compress(b"BT /F 9 Tf " + b"(a)Tj " * (9 << 20)), flate), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    yield "areas.pdf", pdf(stream(zlib.compress(b"0 0 99 99 re f BT /F 9 Tf (a)Tj ET " * 200_000), flate), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
    yield "states.pdf", pdf(stream(zlib.compress(b"q /A BMC " * (6 << 20)), flate))
    yield "lists.pdf", pdf(stream(b"[" * 5_000_000), b"[" * 5_000_000)
    yield "names.pdf", b"%PDF-1.7\n" + b"1 0 obj<<>>endobj " * 1_500_000
    yield "many.pdf", b"%PDF-1.7\n" + b"".join(b"%d 0 obj 0 " % number for number in range(1, 1_200_000))
    yield "map.pdf", pdf(stream(b"BT /F 9 Tf <0001>Tj"), b"<</Subtype/Type0/ToUnicode 6 0 R>>", stream(b"beginbfrange " + b"<0000> <FFFF> <0041> " * 500_000 + b"endbfrange"))
    yield "widths.pdf", pdf(stream(b"BT /F 9 Tf <0001>Tj"), b"<</Subtype/Type0/DescendantFonts[<</W[" + b"0 4294967295 500 " * 100_000 + b"]>>]>>")
    yield "far.pdf", pdf(stream(b"99999999999 0 0 99999999999 99999999999 0 cm " * 50_000 + b"BT /F 99999999999 Tf 9999999999 TL (a)Tj T* (a)Tj ET"), b"<</Type/Font/BaseFont/X>>")
    yield "rows.pdf", pdf(stream(zlib.compress(b"4" * 5_000_000), flate + b"/DecodeParms<</Predictor 15/Colors 32/BitsPerComponent 16/Columns 99999999>>"))


def many():
    """A million members that are not there."""
    record = b"PK\x01\x02" + b"\0" * 24 + (1).to_bytes(2, "little") + b"\0" * 16 + b"x"
    count = 1_000_000
    end = b"PK\x06\x06" + (44).to_bytes(8, "little") + b"\0" * 12 + count.to_bytes(8, "little") * 2 + (len(record) * count).to_bytes(8, "little") + b"\0" * 8
    locator = b"PK\x06\x07" + b"\0" * 4 + (len(record) * count).to_bytes(8, "little") + b"\1\0\0\0"
    return record * count + end + locator + b"PK\x05\x06" + b"\0" * 4 + b"\xff" * 12 + b"\0\0"


def claims(path):
    """Every member claims to be ten gigabytes, as far as four bytes can say it."""
    return re.sub(rb"(PK\x01\x02.{16})(.{8})", lambda match: match[1] + b"\xff\xff\xff\xfe" * 2, path.read_bytes(), flags=re.S)


def overlap():
    """A thousand names for one member of sixty megabytes."""
    one = archive({"a.txt": b"0" * (60 << 20)})
    start = one.rindex(b"PK\x01\x02")
    record = one[start : one.rindex(b"PK\x05\x06")]
    records = b"".join(record[:-5] + b"%05d" % n for n in range(1000))
    end = b"PK\x05\x06" + b"\0" * 4 + (1000).to_bytes(2, "little") * 2 + len(records).to_bytes(4, "little") + start.to_bytes(4, "little") + b"\0\0"
    return one[:start] + records + end


# What a process takes counts what it took before it became another program: a small one stands between this script and the reader.
WATCH = "import resource,subprocess,sys; done=subprocess.run(sys.argv[1:]); sys.stdout.flush(); print(); print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"


def run(reader, paths):
    """Exit code, most memory, answers and what was said on the side."""
    with tempfile.TemporaryFile() as out:
        done = subprocess.run(["/usr/bin/python3", "-c", WATCH, reader, *map(str, paths)], stdout=out, stderr=subprocess.PIPE, timeout=300)
        out.seek(0, 2)
        size = out.tell()
        out.seek(max(0, size - 100))
        code, memory = out.read().split()[-2:]
        out.seek(0)
        answers = [line[:400].decode("utf-8", "replace") for line in out]
    return int(code), int(memory) << 10, answers[:-2], done.stderr.decode("utf-8", "replace")


def mutated(data, dice):
    data = bytearray(data)
    kind = dice.randrange(4)
    if kind == 0:
        return bytes(data[: dice.randrange(len(data))])
    for _ in range(dice.choice([1, 3, 20])):
        at = dice.randrange(len(data))
        if kind == 1:
            data[at] = dice.randrange(256)
        elif kind == 2:
            del data[at : at + dice.randrange(1, 40)]
        else:
            data[at:at] = bytes(data[max(0, at - 30) : at])
        if not data:
            break
    return bytes(data)


def reach(path, dice):
    """A mutation that goes into a part of a package, past the check sums."""
    if path.suffix not in (".docx", ".xlsx", ".pptx", ".zip") or dice.randrange(4) == 0:
        return mutated(path.read_bytes(), dice)
    held = parts(path)
    name = dice.choice([name for name, content in held.items() if content])
    return archive({**held, name: mutated(held[name], dice)})


def main(reader, folder, mutations="2000"):
    folder, wrong, worst, count = Path(folder), 0, 0, 0
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        for name, data in hostile(folder):
            count += 1
            (work / name).write_bytes(data)
            code, memory, answers, said = run(reader, [work / name])
            own = memory - len(data)
            worst = max(worst, own)
            if code != 0 or "panicked" in said or own > LIMIT:
                wrong += 1
                print(f"{name}: exit code {code}, {own >> 20} MiB, {said[:200]}")
            elif "-v" in sys.argv:
                print(f"{name}: {own >> 20} MiB: {answers[0][:150]}")
            (work / name).unlink()
        print(f"{count} hostile files, at most {worst >> 20} MiB beside the file; {wrong} faults")
        dice, files = random.Random(7), sorted(path for path in folder.iterdir() if path.is_file())
        done = most = 0
        while done < int(mutations):
            batch = []
            for number in range(min(200, int(mutations) - done)):
                source = dice.choice(files)
                path = work / f"{number}{source.suffix}"
                path.write_bytes(reach(source, dice))
                batch.append(path)
            code, memory, answers, said = run(reader, batch)
            most = max(most, memory)
            if code != 0 or memory > LIMIT or "panicked" in said or len(answers) != len(batch):
                wrong += 1
                kept = Path(tempfile.mkdtemp())
                at = len(answers)
                if at < len(batch):
                    (kept / batch[at].name).write_bytes(batch[at].read_bytes())
                print(f"a mutation has no answer: kept in {kept}: {said[-300:]}")
            done += len(batch)
        left = [path for path in work.rglob("*") if path.stat().st_nlink and not path.name.split(".")[0].isdigit()]
        print(f"{done} mutated files, at most {most >> 20} MiB; {wrong} faults; {len(left)} files beside")
    return 1 if wrong or left else 0


if __name__ == "__main__":
    sys.exit(main(*[word for word in sys.argv[1:] if word != "-v"]))
