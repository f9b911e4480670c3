"""What Select-MembraneShard documents, from its help page alone: which shard each row of a file of JSON lines is in."""
import hashlib
import json
import sys
from decimal import Decimal


def simple(value):
    if value is None:
        return ""
    if value is True or value is False:
        return str(value)
    if isinstance(value, str):
        return value
    if isinstance(value, (int, Decimal)):
        text = format(Decimal(value), "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return None


def tidy(value):
    if isinstance(value, dict):
        return {name: tidy(item) for name, item in value.items() if simple(item) != ""}
    if isinstance(value, list):
        return [tidy(item) for item in value]
    return simple(value)


def text_of(value):
    if simple(value) is not None:
        return simple(value)
    return json.dumps(tidy(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def shard_of(value, count):
    digest = hashlib.sha256(text_of(value).encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") % count


count, key, path = int(sys.argv[1]), sys.argv[2], sys.argv[3]
with open(path, encoding="utf-8") as rows:
    for line in rows:
        row = json.loads(line, parse_float=Decimal)
        print(shard_of(row[key] if key else row, count))
