"""What the oracle hands in, saved again by other programs, is worth as much as before.

    /path/to/python tests/resaved.py target/debug/worldrun target/debug/worldc [SEED…]

Needs openpyxl, python-docx, python-pptx and LibreOffice. The oracle's month is lived once for each world and seed; then an
agent with a shell makes the same calls, and whenever a call has made or changed an office file, puts the file in its place
that another program saved again. Every such month must be worth exactly 1.

The same file is the agent's program: `resaved.py agent CALLS DISK SAVED MADE` says the calls of a journal."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WORLDS = ["fpa_march", "site_manager"]
SUFFIXES = {".docx", ".xlsx", ".pptx"}


def made_by(call, disk):
    """The office file that a call makes or changes, as it stands on the disk of the run; nothing if it makes none."""
    if not call["tool"].startswith(("create_", "edit_", "copy_", "save_")):
        return None
    path = call["arguments"].get("path") or call["arguments"].get("destination") or ""
    place = disk / path.replace("\\", "/").replace("C:", "C").lstrip("/")
    return place if place.suffix in SUFFIXES else None


def agent(calls, disk, saved, made):
    """Says the calls; keeps what they make below `made`, or replaces it by what stands below `saved`."""
    disk, saved, made = Path(disk), Path(saved), Path(made)
    sys.stdin.readline()
    for number, line in enumerate(Path(calls).read_text().splitlines()):
        call = json.loads(line)
        print(json.dumps(call), flush=True)
        answer = json.loads(sys.stdin.readline())
        file = made_by(call, disk)
        if answer["refused"] or file is None or not file.is_file():
            continue
        again = saved / str(number) / file.name
        if again.is_file():
            file.write_bytes(again.read_bytes())
        else:
            (made / str(number)).mkdir(parents=True, exist_ok=True)
            shutil.copy(file, made / str(number))


def by_libreoffice(files, out, place):
    """All files of a kind at once; each in a folder of its own, or files of one name would be one."""
    for suffix in SUFFIXES:
        of_kind = [file for file in files if file.suffix == suffix]
        for number, file in enumerate(of_kind):
            shutil.copy(file, place / f"{number}{suffix}")
        names = [str(place / f"{number}{suffix}") for number in range(len(of_kind))]
        if not names:
            continue
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{place}/profile", "--convert-to", suffix[1:],
                   "--outdir", str(place / "converted"), *names]
        subprocess.run(command, check=True, capture_output=True)
        for number, file in enumerate(of_kind):
            shutil.copy(place / "converted" / f"{number}{suffix}", out(file))


def by_python(files, out, place):
    import docx
    import openpyxl
    import pptx

    openings = {".docx": docx.Document, ".xlsx": openpyxl.load_workbook, ".pptx": pptx.Presentation}
    for file in files:
        openings[file.suffix](str(file)).save(str(out(file)))


PROGRAMS = {"LibreOffice": by_libreoffice, "openpyxl, python-docx, python-pptx": by_python}


class Month:
    """One world of a seed, with the oracle's calls and files."""

    def __init__(self, worldrun, worldc, world, seed, place):
        self.worldrun, self.place = worldrun, place
        spec = Path(__file__).parent.parent / f"specs/{world}.world"
        self.call(worldc, "build", spec, "--seed", seed, "--out", place / "image")
        self.call(worldrun, "run", place / "image", "--agent", "oracle", "--out", place / "oracle", "--no-sync")
        lines = [json.loads(line) for line in (place / "oracle/journal.jsonl").read_text().splitlines()]
        calls = [{"tool": line["tool"], "arguments": line["arguments"]} for line in lines if "tool" in line]
        (place / "calls").write_text("".join(json.dumps(call) + "\n" for call in calls))
        assert self.worth("same", place / "none") == 1, "the oracle's calls are worth all"
        self.files = sorted(file for file in (place / "made").rglob("*") if file.is_file())

    def call(self, *words):
        return subprocess.run([str(word) for word in words], check=True, capture_output=True).stdout

    def worth(self, name, saved):
        """The reward of the calls, said again with the files below `saved`."""
        run = self.place / name
        command = " ".join(f"'{word}'" for word in [sys.executable, Path(__file__).absolute(), "agent", self.place / "calls",
                                                    run / "disk", saved, self.place / "made"])
        self.call(self.worldrun, "run", self.place / "image", "--agent", f"cmd:{command}", "--agent-folder", self.place,
                  "--unconfined", "--shell", "--no-sync", "--out", run)
        self.call(self.worldrun, "grade", run, "--image", self.place / "image")
        return json.loads((run / "reward.json").read_text())["reward"]

    def saved_again(self, program, save):
        saved = self.place / "saved" / program.split(",")[0]

        def out(file):
            place = saved / file.parent.name / file.name
            place.parent.mkdir(parents=True, exist_ok=True)
            return place

        work = self.place / "work"
        work.mkdir(exist_ok=True)
        save(self.files, out, work)
        worth = self.worth(f"by {program.split(',')[0]}", saved)
        blobs = {file.name for file in (self.place / f"by {program.split(',')[0]}/blobs").iterdir()}
        for file in saved.rglob("*.*"):
            assert hashlib.sha256(file.read_bytes()).hexdigest() in blobs, f"{file} was not handed in"
        return worth


def lost(run):
    """The checks that a run lost."""
    grade = json.loads((run / "grade.json").read_text())
    parts = [(goal["name"], part) for goal in grade["objectives"] for part in goal["parts"]]
    return [f"    {goal}.{part['name']}: {row['check']}\n        {row['evidence'][:2]}"
            for goal, part in parts for row in part["checks"] if row["score"] != 1]


def main(worldrun, worldc, *seeds):
    good = True
    for world in WORLDS:
        for seed in seeds or ("1", "7"):
            with tempfile.TemporaryDirectory() as place:
                month = Month(worldrun, worldc, world, seed, Path(place))
                for program, save in PROGRAMS.items():
                    worth = month.saved_again(program, save)
                    good &= worth == 1
                    print(f"resaved    {world} {seed}, {len(month.files)} files saved again by {program}: {worth}"
                          f"{'' if worth == 1 else '  FAILED'}", flush=True)
                    for line in lost(Path(place) / f"by {program.split(',')[0]}"):
                        print(line)
    sys.exit(not good)


if sys.argv[1] == "agent":
    agent(*sys.argv[2:])
else:
    main(*sys.argv[1:])
