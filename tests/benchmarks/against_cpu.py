"""Every bundled model on every device that can be used here, against the CPU's float32.

    python -m tests.benchmarks.against_cpu [--device NAME] [--out TABLE.md]

States and probabilities are compared on every tenth of the program's own drawings; the time is that
of one digit with all its states, the median of 30. What is printed is Markdown, with the machine's
name and the versions; --out writes it to a file. The exit status is 1 where a difference exceeds
1e-4 (probabilities) or 1e-3 (states), where --device cannot be had, and where there is no device
but the CPU.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from importlib.metadata import distributions
from itertools import islice
from pathlib import Path
from statistics import median

from rnn_desk.one_thread import ONE_THREAD

os.environ.update(ONE_THREAD)  # as the program does, before NumPy is imported

import onnxruntime as ort
import psutil

from rnn_desk.assets_door import asset, bundled_models
from rnn_desk.core.drawing import Drawing, read_drawings
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Raster, rasterise
from rnn_desk.engine.inference.from_file import open_reader
from rnn_desk.engine.inference.reader import Reader
from rnn_desk.engine.runtime.devices import CPU, device_named, devices
from rnn_desk.engine.runtime.sessions import tried
from rnn_desk.protocol.devices import Device

MOST_PROBABILITY, MOST_STATE = 1e-4, 1e-3

HEAD = (
    "model",
    "device",
    "probabilities differ by",
    "states differ by",
    "nodes there",
    "time there",
    "left to the CPU",
    "recurrence written out",
    "ms there",
    "ms on the CPU",
)


def compare(on_cpu: Reader, there: Reader, rasters: list[Raster]) -> tuple[float, float]:
    """Greatest differences of probabilities and of states."""
    probability = state = 0.0
    for raster in rasters:
        one, other = on_cpu.read(raster), there.read(raster)
        probability = max(probability, float(abs(one.probabilities - other.probabilities).max()))
        for mine, theirs in zip(one.layers, other.layers, strict=True):
            state = max(state, float(abs(mine.h - theirs.h).max()))
    return probability, state


def milliseconds(reader: Reader, raster: Raster) -> float:
    """The median of 30 readings, after five."""
    taken = []
    for _ in range(35):
        began = time.perf_counter()
        reader.read(raster)
        taken.append((time.perf_counter() - began) * 1e3)
    return median(taken[5:])


def row(path: Path, device: Device, drawings: list[Drawing]) -> tuple[tuple[str, ...], bool]:
    """One line of the table, and whether the differences are within the limits."""
    on_cpu = open_reader(path, CPU)
    rasters = [rasterise(drawing, *on_cpu.card.frame) for drawing in drawings]
    try:
        there = on_cpu.on(device)
        probability, state = compare(on_cpu, there, rasters)
    except Refused as refusal:
        return (path.name, device.label, str(refusal), *[""] * (len(HEAD) - 3)), False
    placed = there.placement
    assert placed is not None
    share = "" if placed.share_of_time is None else f"{placed.share_of_time:.0%}"
    forms = placed.forms
    cells = (
        path.name,
        device.label,
        f"{probability:.1e}",
        f"{state:.1e}",
        f"{placed.granted} of {placed.nodes}",
        share,
        ", ".join(sorted({name.split()[0] for name in placed.left})) or "none",
        ""
        if forms is None
        else f"{'yes' if forms.written_out else 'no'}: {forms.written_out_ms:.1f} ms written out, "
        f"{forms.operator_ms:.1f} ms not",
        f"{milliseconds(there, rasters[0]):.2f}",
        f"{milliseconds(on_cpu, rasters[0]):.2f}",
    )
    return cells, probability <= MOST_PROBABILITY and state <= MOST_STATE


def machine() -> list[str]:
    """The machine and the versions, a line each."""
    wheels = sorted(
        f"{found.metadata['Name']} {found.version}"
        for found in distributions()
        if str(found.metadata["Name"]).lower().startswith("onnxruntime")
    )
    processor = platform.processor() or platform.machine()
    if (info := Path("/proc/cpuinfo")).exists():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        processor = names[0].partition(":")[2].strip() if names else processor
    return [
        f"- {processor}, {os.cpu_count()} processors, {psutil.virtual_memory().total >> 30} GiB",
        f"- {platform.system()}, Python {platform.python_version()}",
        f"- {', '.join(wheels)} (onnxruntime {ort.__version__} is what is loaded)",
    ]


def main() -> int:
    """Compare, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--device", help="only this one, as `rnn-desk devices` names it")
    parser.add_argument("--out", type=Path, help="write the table to this file")
    options = parser.parse_args()
    try:
        asked = [device_named(options.device)] if options.device else list(devices())[1:]
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    every = [tried(device) for device in asked]
    usable = [device for device in every if device.usable]
    if not usable:
        for device in every if options.device else ():
            sys.stderr.write(f"{device.label}: {device.reason}\n")
        sys.stderr.write("nothing compared: no device but the CPU can be used here\n")
        return 1
    own = read_drawings(asset("reference", "digits.jsonl"))
    drawings = [each for each in islice(own, 0, None, 10) if isinstance(each, Drawing)]
    lines, good = [HEAD, tuple("---" for _ in HEAD)], True
    for device in usable:
        for path in bundled_models():
            cells, within = row(path, device, drawings)
            lines.append(cells)
            good = good and within
    table = "\n".join([*machine(), "", *(f"| {' | '.join(line)} |" for line in lines), ""])
    sys.stdout.write(table)
    if options.out is not None:
        options.out.write_text(table, encoding="utf-8")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
