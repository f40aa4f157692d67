"""`rnn-desk bench`: how long each stage takes, on each device."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rnn_desk.app.requests import Bench
from rnn_desk.cli.arguments import add_device, add_json, add_model, describe
from rnn_desk.cli.model_files import opened
from rnn_desk.cli.window_code import load_window
from rnn_desk.core.console import tell, tell_json, tell_table, warn
from rnn_desk.core.drawing import Drawing
from rnn_desk.core.errors import Refused
from rnn_desk.core.progress import progress
from rnn_desk.core.references import reference_digits
from rnn_desk.protocol.devices import CPU_NAME, DeviceFigures, Spread, overtaken, rows, spread

DRAWINGS = 100
"""Of the reference digits, for the stages of a reading."""


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "Measure a reading stage by stage (raster, run, replay, paint), and runs of 1, 28, 256\n"
        "and 4,096 digits: the session's start, the first run, the median, the 99th percentile,\n"
        "digits per second. On every device that can be used, or on the one that is named.",
        "rnn-desk bench\nrnn-desk bench --device cpu --json",
    )
    add_model(parser)
    add_device(parser)
    add_json(parser, "one JSON object")


def _run(chosen: Namespace) -> int:
    return bench(chosen.model, chosen.device, chosen.json)


def bench(model: Path | None, device: str | None, as_json: bool) -> int:
    """Measure the model on the device, or on every one that can be used; 1 if one of them failed.

    Raises Refused.
    """
    measured: list[DeviceFigures] = []
    refusals: list[Refused] = []

    def part(figures: DeviceFigures | Refused) -> None:
        if isinstance(figures, Refused):
            warn(str(figures))
            refusals.append(figures)
        else:
            measured.append(figures)

    with progress("opening the model") as line, opened(model, CPU_NAME, line) as (client, told):
        line.say("measuring")
        asked = (device,) if device else ()
        version = client.call(
            Bench(told.model.ref, told.model, asked),
            tell=lambda label: line.say(f"measuring {label}" if label else "measuring"),
            part=part,
        )
        status = 1 if refusals else 0
        if not measured:
            return status
        line.say("measuring how fast the window paints")
        every = reference_digits().drawings
        paint = _paint(told.model.path, every[:: max(1, len(every) // DRAWINGS)])
    name = told.model.card.name
    if as_json:
        tell_json(_record(name, version, measured, paint))
    else:
        _tell(name, measured, paint)
    return status


def _paint(model: Path, drawings: tuple[Drawing, ...]) -> Spread | None:
    """What painting a reading takes; None, with the reason on stderr, where Qt cannot start."""
    try:
        load_window()
        from rnn_desk import offscreen

        return spread(offscreen.paint_times(model, drawings))
    except Refused as refusal:
        warn(f"painting is not measured: {refusal}")
        return None


def _record(
    model: str, version: str, measured: list[DeviceFigures], paint: Spread | None
) -> dict[str, Any]:
    return {
        "model": model,
        "onnxruntime": version,
        "threads": 1,
        "paint_ms": None if paint is None else asdict(paint),
        "devices": [
            {
                "name": figures.device.name,
                "label": figures.device.label,
                "load_ms": figures.load_ms,
                "stages_ms": {name: asdict(each) for name, each in figures.stages.items()},
                "batches": [
                    {
                        "batch": each.batch,
                        "first_ms": each.first_ms,
                        **asdict(each.spread),
                        "digits_per_second": each.digits_per_second,
                    }
                    for each in figures.batches
                ],
                "placement": None if figures.placement is None else figures.placement.record,
            }
            for figures in measured
        ],
    }


def _tell(model: str, measured: list[DeviceFigures], paint: Spread | None) -> None:
    tell(f"{model}, one thread, milliseconds")
    stages = [("device", "stage", "p50", "p99")]
    for figures in measured:
        label = figures.device.label
        stages.extend(
            (label, stage, _ms(each.p50), _ms(each.p99)) for stage, each in figures.stages.items()
        )
    if paint is not None:
        stages.append(("window", "paint", _ms(paint.p50), _ms(paint.p99)))
    tell_table(stages)
    tell("")
    tell_table(
        [("device", "load", "batch", "first run", "p50", "p99", "digits/s"), *rows(measured)]
    )
    cpu, *others = measured
    if cpu.device.name != "cpu":
        return
    for other in others:
        batch = overtaken(cpu, other)
        tell(
            f"{other.device.label}: slower than the CPU at every batch"
            if batch is None
            else f"{other.device.label}: faster than the CPU from batches of {batch} on"
        )


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.2f}"
