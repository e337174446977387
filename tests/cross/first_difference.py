"""Says in which entry two manifests differ first: first_difference.py A B"""

import json
import sys


def entries(path):
    with open(path, encoding="utf-8") as file:
        manifest = json.load(file)
    flat = {}
    for name, value in manifest.items():
        if isinstance(value, list) and value and isinstance(value[0], dict) and "path" in value[0]:
            flat.update({entry["path"]: entry for entry in value})
        else:
            flat[f"({name})"] = value
    return flat


left, right = entries(sys.argv[1]), entries(sys.argv[2])
different = [path for path in sorted({*left, *right}) if left.get(path) != right.get(path)]
for path in different[:3]:
    print(f"    {path}\n      {left.get(path)}\n      {right.get(path)}")
print(f"    {len(different)} entries differ")
