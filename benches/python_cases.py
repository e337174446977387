#!/usr/bin/env python3
"""The Python side of the benchmark of writers, one job at a time.

    python3 benches/python_cases.py rate JOB N          documents per second of processor time, over documents 1 to N
    python3 benches/python_cases.py save JOB N PATH     document N as a file

Jobs are those of `python_baseline.py`, which stays as it was handed to us, and the ones added here.
"""

import gc
import pathlib
import sys
import tempfile
import time
import zlib

import python_baseline as baseline

JOBS = {name: make for name, make, _, _ in baseline.JOBS}
FONTS = pathlib.Path(__file__).parent.parent / "specs/data/fonts"


def unpacked(face):
    """The path of the very font that our side embeds, unpacked."""
    path = pathlib.Path(tempfile.gettempdir()) / f"worldc-{face}.ttf"
    path.write_bytes(zlib.decompress((FONTS / f"{face}.latin.z").read_bytes()))
    return path


class Embedding:
    """The baseline's document with its fonts embedded: fpdf2 takes them anew for each document."""

    def __init__(self):
        self.faces = None

    def __call__(self, number):
        import fpdf

        self.faces = self.faces or {"": unpacked("sans-regular"), "B": unpacked("sans-bold")}
        faces, plain = self.faces, fpdf.FPDF

        class Document(plain):
            def __init__(self):
                super().__init__()
                for style, path in faces.items():
                    self.add_font("Noto", style, path)

            def set_font(self, family=None, style="", size=0):
                super().set_font("Noto" if family == "Helvetica" else family, style, size)

        fpdf.FPDF = Document
        try:
            return baseline.pdf_fpdf2(number)
        finally:
            fpdf.FPDF = plain


JOBS["pdf fpdf2 embedding"] = Embedding()


def rate(job, documents):
    make = JOBS[job]
    make(0)
    gc.collect()
    start = time.process_time()
    for number in range(1, documents + 1):
        make(number)
    print("%.2f" % (documents / (time.process_time() - start)))


def save(job, number, path):
    with open(path, "wb") as file:
        file.write(JOBS[job](number))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["rate", job, documents]:
            rate(job, int(documents))
        case ["save", job, number, path]:
            save(job, int(number), path)
        case _:
            sys.exit(__doc__)
