"""Arguments for tools that are known by their schemas only."""


def usual(name, schema, texts):
    """Something of the right type: a path that exists where a path is wanted, and `texts` for what needs its own words."""
    kind = schema.get("type")
    if kind == "integer":
        return 1
    if kind == "boolean":
        return False
    if kind == "array":
        return ["Documents/note.txt"] if "path" in name or name == "attachments" else ["nobody@elsewhere.example"]
    return {"path": "Documents/note.txt", **texts}.get(name, "note")
