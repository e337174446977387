#!/usr/bin/env python3
"""Writes files with other programs' libraries, reads them with our readers, and compares with what was put in.

    tests/formats/foreign.py READER [FOLDER]     READER is target/debug/examples/read_files

Needs python-docx, openpyxl, XlsxWriter, python-pptx, reportlab, fpdf2, Pillow; LibreOffice makes a second set out of the first if
it is installed. Exit code 1 when something is not read as it was written.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import foreign_hidden
import foreign_pages
import foreign_plain


def read(reader, paths):
    """What our readers find, by path."""
    found = {}
    for start in range(0, len(paths), 50):
        batch = paths[start : start + 50]
        out = subprocess.run([reader, *map(str, batch)], capture_output=True, text=True, check=True).stdout
        for path, line in zip(batch, out.splitlines()):
            found[path] = json.loads(line)
    return found


def faults(answer, expected):
    """Everything in which an answer is not what was expected."""
    if "error" in answer:
        yield f"is not read: {answer['error']}"
        return
    answer = answer["read"]
    lines = answer["lines"]
    seen = [line.get("seen", line["text"]) for line in lines]
    text = "\n".join(seen)
    everything = "\n".join("".join(run["text"] for run in line.get("runs", [line])) for line in lines)
    for wanted in expected.get("seen", []):
        if wanted not in text:
            yield f"{wanted!r} is not seen"
    at = 0
    for wanted in expected.get("order", []):
        place = text.find(wanted, at)
        if place < 0:
            yield f"{wanted!r} does not follow in order"
            break
        at = place + len(wanted)
    for wanted, reason in expected.get("hidden", {}).items():
        if wanted not in everything:
            yield f"{wanted!r} is not read at all"
        elif wanted in text:
            yield f"{wanted!r} is seen, though {reason}"
    for place, wanted in expected.get("cells", {}).items():
        cell = next((line for line in lines if line["place"] == place and line["role"] == "cell"), None)
        for name, value in wanted.items():
            if cell is None or cell.get(name) != value:
                yield f"{place} has {name} {None if cell is None else cell.get(name)!r}, not {value!r}"
    for unwanted in expected.get("absent", []):
        if unwanted in everything:
            yield f"{unwanted!r} is still read"
    for role, wanted in expected.get("roles", []):
        if not any(line["role"] == role and line.get("seen", line["text"]) == wanted for line in lines):
            yield f"there is no {role} {wanted!r}"
    for wanted in expected.get("tables", []):
        tables = [[[cell["text"] for cell in row] for row in table["rows"]] for table in answer.get("tables", [])]
        if wanted not in tables:
            yield f"no table is {wanted!r}: {tables!r}"
    for wanted in expected.get("charts", []):
        charts = [(chart["title"], [series["values"] for series in chart["series"]]) for chart in answer.get("charts", [])]
        if wanted not in charts:
            yield f"no chart is {wanted!r}: {charts!r}"
    for wanted in expected.get("files", []):
        if wanted not in [file["name"] for file in answer.get("files", [])]:
            yield f"{wanted!r} is not among the files"


# What LibreOffice may change when it saves a file again: it lays tables, charts and places out in its own way.
RESAVED = {"seen", "order", "hidden", "cells"}
# What stands on the pages that LibreOffice prints of files, in order. Cells of a sheet are read row by row.
PRINTED = {
    **{f"python-docx-{n}": [f"Memo {n}", "First part", f"A paragraph about Übersicht {n}.", "An item", "Some bold words", "after a break", "Month", "Amount", "January", f"1{n}00", "The end"] for n in range(6)},
    **{f"python-pptx-{n}": [f"Plan {n}", "Second point", "A table", "Key", "Value", f"{n},5", "A chart", "A box"] for n in range(6)},
    **{f"openpyxl-{n}": ["Month", "Amount (T€)", "M2", str(20 + n), "M3", f"{30 + n}.00", "M4", str(40 + n)] for n in range(6)},
}


def resaved(folder, made):
    """The same files saved again by LibreOffice, with what must still be read of them."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        print("LibreOffice is not installed: nothing is saved again")
        return {}
    again = {}
    target = folder / "again"

    def convert(kind, paths):
        command = [office, "--headless", "--convert-to", kind, "--outdir", str(target), *map(str, paths)]
        subprocess.run(command, capture_output=True, check=True, env={"HOME": str(folder), "PATH": "/usr/bin:/bin"})

    for kind in ("docx", "xlsx", "pptx"):
        paths = [path for path, expected in made.items() if path.suffix == f".{kind}" and expected.get("again", True)]
        convert(kind, paths)
        printed = [path for path in paths if path.stem in PRINTED]
        convert("pdf", printed)
        again.update({target / f"{path.stem}.pdf": {"order": PRINTED[path.stem]} for path in printed})
        for path in paths:
            kept = {name: value for name, value in made[path].items() if name in RESAVED}
            kept["hidden"] = {} if not made[path].get("hidden_again", True) else kept.get("hidden", {})
            again[target / path.name] = kept
    return again


def main(reader, folder=None):
    folder = Path(folder or tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    made = {**foreign_plain.write(folder), **foreign_pages.write(folder), **foreign_hidden.write(folder)}
    made.update(resaved(folder, made))
    answers = read(reader, list(made))
    wrong = 0
    for path, expected in made.items():
        for fault in faults(answers[path], expected):
            wrong += 1
            print(f"{path.relative_to(folder)}: {fault}")
    hidden = sum(len(expected.get("hidden", {})) for expected in made.values())
    print(f"{len(made)} files of other programs, {hidden} hidden texts; {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
