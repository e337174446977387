"""Every hostile text in every path argument of every tool, through every face: each says the same, nothing outside of the run's
disk is read or written, and every run can be lived again.

    python3 tests/hostile.py target/debug/worldrun target/debug/worldc [STEP]

Every STEP-th text is tried, all of them if it is not said; then the disk of a small run is filled. The texts stand in tests/runs/hostile.jsonl; the disk of each run
has links out of it. What the arguments besides take is right, so that a call fails by its path alone."""

import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlparse

from arguments import usual
from stateless import request

WORLDRUN, WORLDC = sys.argv[1:3]
OTHERS = {"source": "Documents/note.txt", "destination": "Documents/other.txt"}
STEP = int(sys.argv[3]) if len(sys.argv) > 3 else 1
HERE = Path(__file__).parent
TEXTS = [json.loads(line) for line in (HERE / "runs/hostile.jsonl").read_text().splitlines()]
CANARY = "canary 5d1f"
PATHS = {"path", "paths", "source", "destination", "attachments", "folder", "name", "pattern"}
OVER = "the month is over"


class Lines:
    """A program that speaks JSON lines: this one, behind two pipes."""

    def __init__(self, run, *words):
        self.folder = run.with_name(run.name + " pipes")
        self.folder.mkdir()
        for name in ("in", "out"):
            os.mkfifo(self.folder / name)
        command = f"cat '{self.folder}/in' & cat > '{self.folder}/out'; wait"
        self.process = begin(run, f"cmd:{command}", "--unconfined", *words)
        self.out = open(self.folder / "in", "w")
        self.into = open(self.folder / "out")
        self.tools = json.loads(self.into.readline())["hello"]["tools"]

    def call(self, tool, arguments):
        print(json.dumps({"tool": tool, "arguments": arguments}), file=self.out, flush=True)
        answer = json.loads(self.into.readline())
        return answer["text"], answer["refused"], answer["clock"]

    def close(self):
        self.out.close()
        self.into.close()
        self.process.wait(timeout=60)


class Socket:
    def __init__(self, run, *words):
        self.process = begin(run, f"socket:{run}.sock", *words, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(f"{run}.sock")
        self.stream = self.socket.makefile("rw")
        self.tools = self.ask({"hello": True})["hello"]["tools"]

    def ask(self, line):
        print(json.dumps(line), file=self.stream, flush=True)
        return json.loads(self.stream.readline())

    def call(self, tool, arguments):
        answer = self.ask({"tool": tool, "arguments": arguments})
        return answer["text"], answer["refused"], answer["clock"]

    def close(self):
        self.stream.close()
        self.socket.close()
        self.process.wait(timeout=60)


def said(result):
    """The text, whether it was refused, and the clock of a result of MCP."""
    text, clock = [block["text"] for block in result["content"]]
    return text, bool(result.get("isError")), clock


class Stdio:
    def __init__(self, run, *words):
        self.process = begin(run, "mcp", *words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.number = 0
        self.ask("initialize", {"protocolVersion": "2025-11-25", "capabilities": {},
                                "clientInfo": {"name": "hostile", "version": "1"}})
        self.send({"method": "notifications/initialized"})
        self.tools = self.ask("tools/list", {})["tools"]

    def send(self, message):
        print(json.dumps({"jsonrpc": "2.0", **message}), file=self.process.stdin, flush=True)

    def ask(self, method, params):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        return json.loads(self.process.stdout.readline())["result"]

    def call(self, tool, arguments):
        return said(self.ask("tools/call", {"name": tool, "arguments": arguments}))

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


class Http:
    def __init__(self, run, *words):
        self.process = begin(run, "http", *words, stdout=subprocess.PIPE, text=True)
        self.url = urlparse(self.process.stdout.readline().strip())
        self.connection = http.client.HTTPConnection(self.url.netloc)
        self.tools = self.ask("tools/list")["tools"]

    def ask(self, method, **params):
        headers, body = request("hostile", method, params)
        self.connection.request("POST", self.url.path, body, headers)
        return json.loads(self.connection.getresponse().read())["result"]

    def call(self, tool, arguments):
        return said(self.ask("tools/call", name=tool, arguments=arguments))

    def close(self):
        self.connection.close()
        self.process.wait(timeout=60)


FACES = {"lines": Lines, "socket": Socket, "mcp": Stdio, "http": Http}


def begin(run, agent, *words, **pipes):
    command = [WORLDRUN, "run", str(IMAGE), "--out", str(run), "--agent", agent, "--shell", "--no-sync",
               "--calls", "1000000", "--day-calls", "1000000", *words]
    pipes.setdefault("stdout", subprocess.DEVNULL)
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, **pipes)


def lay_links(run, outside):
    documents = next((run / "disk").rglob("Documents"))
    for name, to in [("folder", outside), ("soft.txt", outside / "secret.txt"), ("loop", "loop"), ("self", "."),
                     ("up", "../../../../.."), ("root", "/"), ("fd", "/proc/self/fd"), ("image", IMAGE)]:
        (documents / name).symlink_to(to)
    (documents / "hard.txt").hardlink_to(outside / "secret.txt")
    os.mkfifo(documents / "pipe.txt")


def matrix(tools):
    """Every call: each path argument of each tool with each text."""
    for tool in tools:
        schema = tool.get("inputSchema")
        for name in schema["properties"]:
            if name not in PATHS:
                continue
            given = {other: usual(other, schema["properties"][other], OTHERS) for other in schema["required"]}
            for text in TEXTS[::STEP]:
                many = schema["properties"][name].get("type") == "array"
                yield tool["name"], {**given, name: [text] if many else text}


def stuffed(face, place):
    """Fills the disk of a small run until the month ends by it; a hash of all that was said."""
    run = place / f"{face} small"
    client = FACES[face](run, "--files", "60", "--bytes", "400000")
    hash, refused, over = hashlib.sha256(), 0, ""
    for number in range(200):
        text, refusal, over = client.call("write_file", {"path": f"Documents/{number}.txt", "content": "x" * 3_000})
        hash.update(repr((text, refusal, over)).encode())
        refused += refusal and "the disk is full" in text
        if OVER in over:
            break
    assert refused > 10 and "quota" in over, (refused, over)
    client.close()
    subprocess.run([WORLDRUN, "replay", run, "--image", IMAGE], check=True, capture_output=True)
    return refused, hash.hexdigest()


def tried(face, place, outside, secrets):
    """Goes through the matrix, in as many months as it takes; a hash of all that was said."""
    hash, count, runs = hashlib.sha256(), 0, []

    def fresh():
        run = place / f"{face} {len(runs)}"
        runs.append(run)
        client = FACES[face](run)
        lay_links(run, outside)
        return client

    client = fresh()
    for tool, arguments in matrix(client.tools):
        answer = client.call(tool, arguments)
        for secret in secrets:
            assert secret not in answer[0], f"{tool} {arguments} gives {secret!r} away"
        hash.update(repr(answer).encode())
        count += 1
        # What the calls leave on the disk is looked through before every call.
        if OVER in answer[2] or count % 300 == 0:
            client.call("finish_month", {})
            client.close()
            client = fresh()
    client.call("finish_month", {})
    client.close()
    for run in runs:
        subprocess.run([WORLDRUN, "replay", run, "--image", IMAGE], check=True, capture_output=True)
    return count, len(runs), hash.hexdigest()


# One of the texts makes a folder a thousand deep, which is cleared away afterwards.
sys.setrecursionlimit(10_000)
with tempfile.TemporaryDirectory() as folder:
    place, outside = Path(folder), Path(folder) / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(CANARY)
    IMAGE = place / "image"
    subprocess.run([WORLDC, "build", HERE.parent / "specs/hello.world", "--seed", "1", "--out", IMAGE], check=True,
                   capture_output=True)
    secrets = [CANARY, "root:x:0", (IMAGE / "sealed/blind").read_text().strip(), "canary-"]
    full = {stuffed(face, place) for face in FACES}
    assert len(full) == 1, f"a full disk is not the same everywhere: {full}"
    hashes = set()
    for face in FACES:
        count, runs, hash = tried(face, place, outside, secrets)
        hashes.add(hash)
        print(f"hostile    {face}: {count} calls in {runs} months, every one lived again; {hash[:12]}", flush=True)
    assert len(hashes) == 1, "the faces do not say the same"
    assert [entry.name for entry in outside.iterdir()] == ["secret.txt"], "something was written outside"
    assert (outside / "secret.txt").read_text() == CANARY, "something was written through a link"
