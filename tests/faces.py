"""The official Python client of MCP lists and calls every tool, over standard input and output and over HTTP.

    /path/to/python tests/faces.py target/debug/worldrun IMAGE

Needs the package `mcp` 2. Both ways of beginning are tried: the handshake of 2025-11-25 and the discovery of 2026-07-28. Each tool is called with arguments made from its schema; what matters is that it answers with its
two blocks, and that the journal of the run can be lived again. HTTP is also asked in ways it must refuse."""

import asyncio
import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from arguments import usual
from stateless import request

WORLDRUN, IMAGE = sys.argv[1:3]
LAST = "finish_month"
TIMES = {"time": "2026-03-05 12:00"}


async def every_tool(session, greet):
    """Calls each tool once, the one that ends the month last; how many, and how many of them refused."""
    await greet(session)
    assert "Your mail address is" in session.instructions, session.instructions
    tools = (await session.list_tools()).tools
    again = (await session.list_tools()).tools
    assert [tool.name for tool in tools] == [tool.name for tool in again], "the list has an order"
    assert all(tool.description and tool.input_schema["type"] == "object" for tool in tools)
    [told] = (await session.read_resource("world://transcript")).contents
    assert json.loads(told.text)["transcript"] == [], "nothing was said before"
    once = {"worldrun/request_id": "one", "worldrun/about": {"text": "What time is it?", "model": "m-1"}}
    answers = [await session.call_tool("get_current_time", {}, meta=once) for _ in range(2)]
    assert answers[0].content == answers[1].content, "a call that is said again is no new turn"
    unknown = await session.call_tool("no_such_tool", {})
    assert unknown.is_error, "an unknown tool is an error the agent can act on"
    refused = 0
    for tool in sorted(tools, key=lambda tool: tool.name == LAST):
        properties, required = tool.input_schema["properties"], tool.input_schema["required"]
        answer = await session.call_tool(tool.name, {name: usual(name, properties[name], TIMES) for name in required})
        assert len(answer.content) == 2 and answer.content[1].text.startswith("["), (tool.name, answer)
        refused += bool(answer.is_error)
    return len(tools), refused


def replayed(run):
    told = subprocess.run([WORLDRUN, "replay", run, "--image", IMAGE, "--json"], capture_output=True, check=True)
    return json.loads(told.stdout)["turns"]


HANDSHAKE, DISCOVERY = ClientSession.initialize, ClientSession.discover


async def over_stdio(folder, greet):
    arguments = ["run", IMAGE, "--agent", "mcp", "--out", folder, "--no-sync"]
    async with stdio_client(StdioServerParameters(command=WORLDRUN, args=arguments)) as (read, write):
        async with ClientSession(read, write) as session:
            return await every_tool(session, greet)


def status(url, **headers):
    """What a bare POST is answered."""
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", **headers}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    try:
        return urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), headers)).status
    except urllib.error.HTTPError as error:
        return error.code


def stateless(url):
    """The 2026-07-28 way: no handshake, the version in every request."""

    def ask(method, **params):
        headers, body = request("test", method, params)
        answer = urllib.request.urlopen(urllib.request.Request(url, body, headers))
        return json.loads(answer.read())["result"]

    found = ask("server/discover")
    assert "2026-07-28" in found["supportedVersions"], found
    listed = ask("tools/list")
    assert listed["resultType"] == "complete" and listed["ttlMs"] > 0 and listed["cacheScope"] == "public", listed.keys()
    called = ask("tools/call", name="get_current_time", arguments={})
    assert called["resultType"] == "complete" and len(called["content"]) == 2, called


async def over_http(folder, greet):
    command = [WORLDRUN, "run", IMAGE, "--agent", "http", "--out", folder, "--no-sync"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().strip()
        assert status(url.replace("/w/", "/w/0")) == 404, "a wrong token is no token"
        assert status(url, Origin="http://evil.example") == 403, "a page in a browser is refused"
        assert status(url, Host="evil.example") == 403, "a rebound name is refused"
        stateless(url)
        async with streamable_http_client(url) as streams:
            async with ClientSession(*streams[:2]) as session:
                counts = await every_tool(session, greet)
        assert server.wait(timeout=60) == 0
        return counts
    finally:
        server.kill()


FACES = [("stdio", over_stdio), ("http", over_http)]
GREETINGS = [("handshake", HANDSHAKE), ("discovery", DISCOVERY)]

with tempfile.TemporaryDirectory() as place:
    for name, face in FACES:
        for greeting, greet in GREETINGS:
            run = str(Path(place) / f"{name}-{greeting}")
            tools, refused = asyncio.run(face(run, greet))
            turns = replayed(run)
            about = [json.loads(line) for line in (Path(run) / "telemetry.jsonl").read_text().splitlines()]
            assert any(line.get("about", {}).get("model") == "m-1" for line in about), "what it says of itself is noted"
            print(f"{name:6} {greeting:10} {tools} tools listed and called, {refused} refused; {turns} turns replayed")
