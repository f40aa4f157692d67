"""What `rnn-desk inspect` found, in words, for whoever reads it and no program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rnn_desk.core.alphabet import alphabet_of
from rnn_desk.core.plain import counted, one_line

_LONGEST = 60
"""Characters of what a file calls its parts: as wide is the first column at most."""

_SHOWN = 8
"""Ways of feeding that the table lists; `--json` has all."""

_BELIEF = {
    "head": "after each row, the network's own head applied to that row's state",
    "said": "after each row, the network says it itself",
    "none": "none: it gives states and no answer",
    "covered": "after each row, the network's answer to the picture covered below that row",
}

_TURN = {
    "upright": "",
    "mirrored": ", mirrored",
    "upside_down": ", upside down",
    "half_turn": ", turned by 180 degrees",
}

_MARGIN = {"mnist": "", "none": ", no margin", "counted": ", no margin, ink counted"}

_POLARITY = {"white_on_black": "white ink on black", "black_on_white": "black ink on white"}


def in_words(found: dict[str, Any], model: Path) -> list[tuple[str, str]]:
    """What is found, as words in two columns."""
    card, accuracy = found["card"], found["reference_accuracy"]
    of = "letters" if alphabet_of(found["classes"]) == "letters" else "digits"
    origin = _origin(card["inferred"], bool(found["unchecked"]), found["said"])
    size = f"{found['size'] / 1e3:,.0f} kB, opset {found['opset']}"
    operators = ", ".join(f"{op} {count}" for op, count in found["operators"].items())
    lines = [
        ("model", found["name"]),
        ("file", f"{model}, {size}"),
        ("sha256", found["sha256"]),
        ("exporter", found["exporter"] or "not stated"),
        ("operators", operators),
        ("parameters", f"{found['parameters']:,}"),
        ("input", f"{_way(found['input'])} ({origin})"),
        *((name, words) for name, words in found["words"].items() if words),
        ("output", (found["output"] or "states").replace("_", " ")),
        ("classes", " ".join(found["classes"]) or "none: it gives states and no answer"),
        ("reference", "not measured" if accuracy is None else f"{accuracy:.1%} of the own {of}"),
        ("belief", _BELIEF[found["belief"]]),
    ]
    if found["unchecked"]:
        lines.append(("unchecked", found["unchecked"]))
    for place, tried in enumerate(found["evidence"][:_SHOWN]):
        score = tried["failed"] or f"{tried['right']} of {tried['count']}"
        lines.append(("tried" if place else "taken", f"{score:>10}  {_short(tried['input'])}"))
    if (more := len(found["evidence"]) - _SHOWN) > 0:
        lines.append(("tried", f"and {counted(more, 'other')}"))
    for number, layer in enumerate(found["layers"], start=1):
        what = f"{layer['op']}, {counted(layer['units'], 'unit')}, {layer['direction']}"
        shows = ", ".join(layer["shows"])
        why = f" (no gates: {layer['why_no_gates']})" if layer["why_no_gates"] else ""
        between = f" ({layer['between']})" if layer["between"] else ""
        lines.append((f"layer {number}", f"{what}; shows {shows}{why}{between}"))
    if not found["layers"]:
        lines.append(("layers", f"no states are shown: {found['why_no_states']}"))
    lines.extend(("shown too", _lies(tensor)) for tensor in found["watched"])
    if more := len(found["watchable"]):
        runs = "that runs" if more == 1 else "that run"
        tensors = f"{counted(more, 'tensor')} {runs} along the rows, see --json"
        lines.append(("can be shown", tensors))
    lines.extend(
        (f"on {one_line(name, _LONGEST)}", f"{part:.2%}")
        for name, part in card["accuracies"].items()
    )
    lines.append(("licence", one_line(card["licence"]) or "not stated"))
    return lines


def _origin(inferred: bool, unchecked: bool, said: bool) -> str:
    """Whence it is known how the model is fed."""
    if said:
        return "as was said"
    if not inferred:
        return "from its model card"
    return "the plainest that fits, not checked" if unchecked else "worked out by trying"


def writer_in_words(found: dict[str, Any], model: Path) -> list[tuple[str, str]]:
    """What is found of a model that writes, as words in two columns."""
    figures = found["card"]["figures"]
    operators = ", ".join(f"{op} {count}" for op, count in found["operators"].items())
    lines = [
        ("model", found["name"]),
        ("file", f"{model}, {found['size'] / 1e3:,.0f} kB, opset {found['opset']}"),
        ("sha256", found["sha256"]),
        ("exporter", found["exporter"] or "not stated"),
        ("operators", operators),
        ("parameters", f"{found['parameters']:,}"),
        ("does", "writes digits row by row, and reads none"),
        ("classes", " ".join(found["classes"])),
    ]
    for number, layer in enumerate(found["layers"], start=1):
        what = f"{layer['op']}, {layer['units']} units, {layer['direction']}"
        lines.append((f"layer {number}", f"{what}; gives its states h and c, row by row"))
    for name, words in (("nats", "class not given"), ("nats_given_class", "class given")):
        if isinstance(value := figures.get(name), int | float):
            lines.append((name.partition("_")[0], f"{value:.2f} of a test picture, {words}"))
    lines.append(("licence", one_line(found["card"]["licence"]) or "not stated"))
    return lines


def _lies(tensor: dict[str, Any]) -> str:
    """A tensor with its shape, in words."""
    name = one_line(tensor["name"], _LONGEST)
    size = " x ".join(
        map(str, tensor["shape"][1:] if tensor["kind"] == "maps" else tensor["shape"])
    )
    if tensor["kind"] == "maps":
        return f"{name}, {counted(tensor['shape'][0], 'feature map')} of {size}"
    return f"{name}, {size}" + (", weights over the rows" if tensor["weights"] else "")


def _short(fed: dict[str, Any]) -> str:
    """What one way to feed a model does otherwise than another."""
    turned = _TURN[fed["turn"]] + (", turned" if fed["reading"] == "columns" else "")
    margin = _MARGIN[fed["margin"]]
    return f"{fed['layout']}, {_range(fed)}, {_POLARITY[fed['polarity']]}{turned}{margin}"


def _way(fed: dict[str, Any]) -> str:
    """A way to feed a model, in one line."""
    side = fed["side"]
    colours = f" in {fed['channels']} channels" if fed["channels"] > 1 else ""
    if fed["shape"]:
        colours += f", {fed['fitted']} to {' x '.join(map(str, fed['shape']))},"
    margin = _MARGIN[fed["margin"]]
    return (
        f"{side} x {side}{colours} as {fed['layout']}, {fed['dtype']}, {_range(fed)}, "
        f"{_POLARITY[fed['polarity']]}{_TURN[fed['turn']]}, batch {fed['batch']}, "
        f"read by {fed['reading']}{margin}"
    )


def _range(fed: dict[str, Any]) -> str:
    """What black and white are as numbers."""
    if fed["value_range"] != "scaled":
        return str(fed["value_range"])
    pairs = zip(fed["scale"], fed["offset"], strict=False)
    return ", ".join(f"{term:.4g}..{factor + term:.4g}" for factor, term in pairs)
