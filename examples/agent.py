#!/usr/bin/env python3
"""An agent in Python, with nothing but the standard library.

    worldrun run march --agent 'cmd:python3 examples/agent.py' --out run-1

The runner starts this program and speaks JSON lines with it over standard input and output. First it writes one line,
{"hello": {"orientation": ..., "tools": [...], "turn": ..., "now": ..., "resumed": ..., "transcript": [...]}}. Then this
program writes a call, {"tool": ..., "arguments": {...}}, and reads the answer, {"text": ..., "refused": ..., "clock": ...},
as often as it likes. Time passes by calls alone; when this program ends, so does the agent's month. Standard error is free
for remarks.

This one reads its new mail every morning, asks each sender what she needs, and goes home. Put a model in `day`."""

import json
import sys


def read():
    line = sys.stdin.readline()
    return json.loads(line) if line else None


def call(tool, **arguments):
    """One call and its answer. A call may carry an "id": repeated under the same one, it is done once."""
    print(json.dumps({"tool": tool, "arguments": arguments}), flush=True)
    answer = read()
    if answer is None or "the month is over" in answer["clock"] + answer["text"]:
        sys.exit()
    return answer


def day():
    unread = call("list_mails", folder="unread")["text"]
    ids = [line.rsplit("id: ", 1)[1] for line in unread.splitlines() if "id: " in line]
    for mail in ids:
        call("read_mail", mail_id=mail)
        call("reply_mail", mail_id=mail, body="Thank you. Which figure do you need from me, and by when?")
    print(call("end_day")["clock"], file=sys.stderr)


hello = read()["hello"]
print(hello["orientation"].split("\n")[0], file=sys.stderr)
while True:
    day()
