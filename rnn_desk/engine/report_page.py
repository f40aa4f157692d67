"""A report as one HTML page that needs nothing beside it."""

from __future__ import annotations

from html import escape

from rnn_desk.core.drawing import NOMINAL_WIDTH, Drawing
from rnn_desk.engine.evidence import Tried
from rnn_desk.engine.report import Missed, Report

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { padding: .25rem .6rem; text-align: left; border-bottom: 1px solid #8884; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
.bar { display: inline-block; height: .7rem; background: #00705a; }
.confusion td, .confusion th { text-align: center; border: 1px solid #8884; min-width: 1.6rem; }
.wrong { background: #d2691e; color: #fff; } .right { opacity: .55; }
.missed { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
.missed li { width: 7.5rem; } svg { width: 7rem; border: 1px solid #8884; }
"""


def page(report: Report) -> str:
    """The page."""
    first = report.conditions[0]
    return "\n".join(
        [
            '<!doctype html><html lang="en"><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>Why is {escape(report.model)} wrong on drawings?</title>",
            f"<style>{_STYLE}</style>",
            f"<h1>Why is {escape(report.model)} wrong on drawings?</h1>",
            f"<p>It reads {first.part:.1%} of {report.count} reference digits, drawn with a pen in "
            "many styles.</p>",
            "<h2>Drawn otherwise</h2>",
            _conditions(report),
            *(["<h2>Fed otherwise</h2>", _readings(report.readings)] if report.readings else []),
            "<h2>What it takes for what</h2>",
            _confusion(report),
            f"<h2>What it missed: {len(report.missed)}</h2>",
            '<ul class="missed">',
            *(_missed(miss) for miss in report.missed),
            "</ul></html>",
        ]
    )


def _conditions(report: Report) -> str:
    rows = [
        f'<tr><td>{escape(str(c.name))}<td class="n">{c.part:.1%}'
        f'<td><span class="bar" style="width:{c.part * 16:.2f}rem"></span>'
        for c in report.conditions
    ]
    return "<table><tr><th>Drawn<th>Right<th>" + "".join(rows) + "</table>"


def _readings(readings: tuple[Tried, ...]) -> str:
    rows = []
    for tried in readings:
        way = tried.way.input
        score = "does not run" if tried.failed else f"{tried.right} of {tried.count}"
        cells = (way.layout, way.value_range, way.polarity.replace("_", " "), way.reading)
        rows.append(f'<tr><td class="n">{score}<td>' + "<td>".join(map(escape, cells)))
    heads = "<tr><th>Right<th>Axes<th>Values<th>Ink<th>Step"
    return f"<table>{heads}{''.join(rows)}</table>"


def _confusion(report: Report) -> str:
    lines = ["<tr><th><th>" + "<th>".join(map(escape, report.labels))]
    for k, label in enumerate(report.labels):
        cells = [
            f'<td class="{"right" if k == j else "wrong"}">{count}' if count else "<td>"
            for j, count in enumerate(report.confusion[k].tolist())
        ]
        lines.append(f"<tr><th>{escape(label)}{''.join(cells)}")
    return (
        "<p>A row is what was drawn, a column what was read.</p>"
        f'<table class="confusion">{"".join(lines)}</table>'
    )


def _missed(miss: Missed) -> str:
    words = f"{escape(miss.label)}, read as {escape(miss.said)} ({miss.sure:.0%})"
    return f"<li>{_svg(miss.drawing, words)}<br>{words}"


def _svg(drawing: Drawing, title: str) -> str:
    lines = []
    for stroke in drawing.strokes:
        if stroke.tool == "ink":
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in stroke.points)
            width = stroke.width or NOMINAL_WIDTH * drawing.size
            lines.append(f'<polyline points="{points}" stroke-width="{width:.1f}"/>')
    return (
        f'<svg viewBox="0 0 {drawing.size:g} {drawing.size:g}" role="img"><title>{title}</title>'
        '<g fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round">'
        f"{''.join(lines)}</g></svg>"
    )
