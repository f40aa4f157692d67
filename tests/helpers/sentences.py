"""Every sentence that an engine process can say, found in the source.

`python -m tests.helpers.sentences` writes them into `rnn_desk/protocol/sentence_list.py`.
"""

import ast
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
LIST = REPOSITORY / "rnn_desk" / "protocol" / "sentence_list.py"
ROOMS = ("core", "engine", "protocol")
KINDS = {"Refused", "Ended", "DeviceFailed", "NotGranted"}

HEAD = '''"""The closed list of sentences that may come out of an engine process.

Written by `python -m tests.helpers.sentences`; a test compares it with the source.
"""

SENTENCES = frozenset(
    (
'''


def sentences():
    found = set()
    for room in ROOMS:
        for path in (REPOSITORY / "rnn_desk" / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in KINDS:
                    first = node.args[0] if node.args else None
                    if isinstance(first, ast.Constant):
                        found.add(first.value)
    return sorted(found)


def written():
    lines = [f"        {_literal(sentence)},\n" for sentence in sentences()]
    return f"{HEAD}{''.join(lines)}    )\n)\n"


def _literal(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    LIST.write_text(written(), encoding="utf-8")
