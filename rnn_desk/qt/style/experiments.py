"""What is done in the lab, in words."""

from __future__ import annotations

from rnn_desk.core.lab import Experiment, HeldAt
from rnn_desk.qt.style.words import tr


def said(experiment: Experiment, layers: tuple[str, ...]) -> list[str]:
    """Everything that is done, each in a few words; `layers` are the model's layers by name."""
    e = experiment
    words = []
    if e.covered:
        words.append(tr("rows {rows} covered", rows=spans(e.covered)))
    if e.shuffle is not None:
        words.append(tr("rows shuffled"))
    if e.noise:
        words.append(tr("noise {strength:.2f}", strength=e.noise))
    if any(e.shift):
        x, y = e.shift
        words.append(tr("moved by {x:+g} and {y:+g} pixels", x=x, y=y))
    if e.rotation:
        words.append(tr("turned by {degrees:+g}°", degrees=e.rotation))
    for number, layer in enumerate(layers):
        units = frozenset(unit for where, unit in e.off if where == number)
        if units:
            one, more = tr("{layer}: unit {units} off"), tr("{layer}: units {units} off")
            told = one if len(units) == 1 else more
            words.append(told.format(layer=layer, units=spans(units)))
        words.extend(
            tr("{layer}: {gate} × {factor:.2f}", layer=layer, gate=g.gate, factor=g.factor)
            for g in e.gates
            if g.layer == number
        )
        words.extend(
            tr("{layer}: {gate} {held}", layer=layer, gate=g.gate, held=held_words(g.at))
            for g in e.held
            if g.layer == number
        )
        rows = frozenset(row for where, row in e.zeroed if where == number)
        if rows:
            words.append(tr("{layer}: forgets at row {rows}", layer=layer, rows=spans(rows)))
    return [each.replace("-", "−") for each in words]


def held_words(at: HeldAt) -> str:
    """What a gate is held at."""
    return tr("held at its mean") if at == "mean" else tr("held at {value:g}", value=at)


def joined(words: list[str]) -> str:
    """Several things done, in one line."""
    line = ""
    for each in words:
        line = tr("{first}; {second}", first=line, second=each) if line else each
    return line


def spans(numbers: frozenset[int]) -> str:
    """Numbers as a person reads them: counted from 1, runs together.

    >>> spans(frozenset({4, 5, 6, 11}))
    '5–7, 12'
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0] + 1}" if len(run) == 1 else f"{run[0] + 1}–{run[-1] + 1}" for run in runs
    )
