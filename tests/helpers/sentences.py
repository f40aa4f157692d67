"""Every sentence that the program can make for a person, found in the source.

`python -m tests.helpers.sentences` writes those that an engine process can say into
`rnn_desk/protocol/sentence_list.py`.
"""

import ast
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PACKAGE = REPOSITORY / "rnn_desk"
LIST = PACKAGE / "protocol" / "sentence_list.py"
ENGINE_ROOMS = ("core", "engine", "protocol")
"""What an engine process imports."""

REFUSED = "rnn_desk.core.errors.Refused"

HEAD = '''"""The closed list of sentences that may come out of an engine process.

Written by `python -m tests.helpers.sentences`; a test compares it with the source.
"""

SENTENCES = frozenset(
    (
'''


@cache
def sources():
    """The syntax of every module, by its path within the package."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@cache
def refusals():
    """The full names of Refused and of all that is derived from it."""
    bases = {}
    for path, tree in sources().items():
        names = names_in(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                parents = {names.get(getattr(base, "id", "")) for base in node.bases}
                bases[f"{module_of(path)}.{node.name}"] = parents
    found = {REFUSED}
    while more := {name for name, parents in bases.items() if parents & found} - found:
        found |= more
    return frozenset(found)


@cache
def names_in(path):
    """What the classes are in full that a module defines, and the names that it imports."""
    names = {}
    for node in ast.walk(sources()[path]):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.ClassDef):
            names[node.name] = f"{module_of(path)}.{node.name}"
    return names


def module_of(path):
    return "rnn_desk." + path.removesuffix(".py").replace("/", ".")


def calls(*functions):
    """Every call of one of these functions: its module's path, and the call."""
    for path, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in functions:
                yield path, node


def made():
    """Every call that makes a Refused of whatever kind: its module's path, and the call."""
    for path, tree in sources().items():
        kinds = kinds_in(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in kinds:
                yield path, node


def kinds_in(path):
    """What a module calls Refused, and all that is derived from it."""
    return {name for name, full in names_in(path).items() if full in refusals()}


def renamed():
    """Where a kind of Refused gets another name; what is made by that name is not found."""
    for path, tree in sources().items():
        kinds = kinds_in(path)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.IfExp):
                given = [node.value] if isinstance(node, ast.Assign) else [node.body, node.orelse]
                if any(isinstance(value, ast.Name) and value.id in kinds for value in given):
                    yield f"{path}:{node.lineno}"


def sentences():
    """The templates of the rooms that an engine process imports."""
    return sorted(
        {
            call.args[0].value
            for path, call in made()
            if path.startswith(tuple(f"{room}/" for room in ENGINE_ROOMS))
            and isinstance(call.args[0], ast.Constant)
        }
    )


def written():
    """The list as its module has it."""
    lines = [f"        {_literal(sentence)},\n" for sentence in sentences()]
    return f"{HEAD}{''.join(lines)}    )\n)\n"


def _literal(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    LIST.write_text(written(), encoding="utf-8")
