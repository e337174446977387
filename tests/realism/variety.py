"""Measures the prose of a built image: words per document and the variety of its sentences.

    python3 tests/realism/variety.py IMAGE_DIR

Sentences are compared after figures, dates and names were replaced by a sign. With --no-copies the labelled copies of documents
(older versions, duplicates, drafts) are left out; --list shows the sentences that stand in more than three. Needs python-docx.
"""
import json
import math
import re
import statistics
import sys
from collections import Counter, defaultdict
from pathlib import Path

import docx

NUMBER = re.compile(r"\d[\d.,\u00a0'/-]*")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MONTHS = "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def read_docx(path):
    """The running text of a document, without headings, and the text of its tables."""
    document = docx.Document(path)
    paragraphs = [p.text for p in document.paragraphs if p.text.strip() and not p.style.name.startswith(("Heading", "Title"))]
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return paragraphs, cells


def normalised(text, names):
    """The sentence with figures and names replaced, in small letters."""
    text = NUMBER.sub("#", text)
    for name in names:
        text = text.replace(name, "@")
    return re.sub(r"\s+", " ", text).strip(" .!?;:,-").lower()


def sentences(paragraphs):
    for paragraph in paragraphs:
        for part in re.split(r"(?<=[.!?])\s+(?=[\"A-Z„@#0-9])", paragraph):
            if len(WORD.findall(part)) >= 4:
                yield part


def names_of(image):
    """What counts as an entity: months, persons, centres, suppliers; read from the sealed facts where they are text."""
    names = set(MONTHS)
    for path in (image / "sealed").glob("facts*"):
        for match in re.finditer(r'"([^"\\]{4,40})"', path.read_text(encoding="utf-8", errors="replace")):
            text = match.group(1)
            if text[0].isupper() and len(text.split()) <= 4 and not text.endswith((".", ",", "!")):
                names.add(text)
    return sorted(names, key=len, reverse=True)


def copies_of(image):
    """Paths of labelled copies: older versions, duplicates, drafts. Clutter is no copy."""
    mess = json.loads((image / "sealed" / "mess.json").read_text(encoding="utf-8"))
    return {piece["file"].removeprefix("disk/") for piece in mess if piece["kind"] != "clutter" and "file" in piece}


def documents(image, with_copies):
    skip = set() if with_copies else copies_of(image)
    for path in sorted((image / "disk").rglob("*.docx")):
        relative = path.relative_to(image / "disk").as_posix()
        if relative not in skip:
            yield relative, read_docx(path)


def distinct_two(tokens):
    """Distinct pairs of neighbours by tokens, mean over windows of 10,000."""
    windows = [tokens[i:i + 10_000] for i in range(0, len(tokens), 10_000)]
    windows = [w for w in windows if len(w) >= 5_000] or [tokens]
    return statistics.mean(len(set(zip(w, w[1:]))) / max(1, len(w)) for w in windows)


def main():
    image = Path(sys.argv[1])
    with_copies = "--no-copies" not in sys.argv
    names = names_of(image)
    where, words, tokens = defaultdict(set), {}, []
    uses = Counter()
    for path, (paragraphs, cells) in documents(image, with_copies):
        own = WORD.findall(" ".join(paragraphs))
        words[path] = len(own) + len(WORD.findall(" ".join(cells)))
        tokens += [w.lower() for w in own]
        for sentence in sentences(paragraphs):
            key = normalised(sentence, names)
            where[key].add(path)
            uses[key] += 1
    common = [key for key, paths in where.items() if len(paths) > 3]
    result = {
        "documents": len(words),
        "median words": statistics.median(words.values()) if words else 0,
        "tokens": len(tokens),
        "sentences": len(where),
        "share of sentences in more than 3 documents": round(len(common) / max(1, len(where)), 3),
        "the same, by use": round(sum(uses[k] for k in common) / max(1, sum(uses.values())), 3),
        "distinct-2 per 10,000 tokens": round(distinct_two(tokens), 3) if tokens else 0,
        "vocabulary / sqrt(tokens)": round(len(set(tokens)) / math.sqrt(len(tokens)), 2) if tokens else 0,
    }
    memos = [n for p, n in words.items() if "Close memo" in p]
    if memos:
        result["median words of close memos"] = statistics.median(memos)
    print(json.dumps(result, indent=2))
    if "--list" in sys.argv:
        for key in sorted(common, key=lambda k: -uses[k])[:40]:
            print(uses[key], key)


if __name__ == "__main__":
    main()
