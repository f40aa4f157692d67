"""A report as one HTML page that needs nothing beside it."""

from __future__ import annotations

from html import escape

from rnn_desk.app.input_words import Words, english, tried_heads, tried_words
from rnn_desk.core.drawing import NOMINAL_WIDTH
from rnn_desk.core.picture import Original, Picture, raster_of
from rnn_desk.protocol.findings import Tried
from rnn_desk.protocol.judged import occurring
from rnn_desk.protocol.report import Missed, Report

_STYLE = """
:root { color-scheme: light dark; --accent: light-dark(#00705a, #43d3aa);
  --line: #8885; --wrong: light-dark(#00705a30, #43d3aa40); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; }
th, td { padding: .25rem .6rem .25rem 0; text-align: left; }
.wide th, .wide td { border-bottom: 1px solid var(--line); padding-right: 1.2rem; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
.track { width: 11rem; }
.bar { display: block; height: .7rem; border-radius: .2rem; background: var(--accent); }
.halves { display: flex; flex-wrap: wrap; gap: 0 2.5rem; }
.confusion td, .confusion th { text-align: center; width: 1.9rem; padding: .15rem; }
.confusion td { border: 1px solid var(--line); }
.wrong { background: var(--wrong); font-weight: 600; } .right, .muted { opacity: .6; }
.missed { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
.missed li { width: 7.6rem; font-size: .85rem; }
svg { width: 7rem; height: 7rem; border: 1px solid var(--line); border-radius: .3rem; }
"""


def page(report: Report, tr: Words = english, language: str = "en") -> str:
    """The page, in the language that `tr` speaks."""
    first = report.conditions[0]
    title = escape(tr("Why is {name} wrong on drawings?", name=report.model))
    summary = tr(
        "It reads {part:.1%} of {count} reference digits, drawn with a pen in many styles.",
        part=first.part,
        count=report.count,
    )
    return "\n".join(
        [
            f'<!doctype html><html lang="{language}"><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{title}</title><style>{_STYLE}</style><h1>{title}</h1>",
            f"<p>{escape(summary)}</p>",
            '<div class="halves"><section>',
            f"<h2>{escape(tr('Drawn differently'))}</h2>",
            _conditions(report, tr),
            "</section><section>",
            f"<h2>{escape(tr('Confusion matrix'))}</h2>",
            _confusion(report, tr),
            "</section></div>",
            f"<h2>{escape(tr('What it missed: {count}', count=len(report.missed)))}</h2>",
            '<ul class="missed">',
            *(_missed(miss, tr) for miss in report.missed),
            "</ul>",
            *(_readings(report.readings, tr) if report.readings else []),
            "</html>",
        ]
    )


def _conditions(report: Report, tr: Words) -> str:
    rows = [
        f'<tr><td>{escape(tr(condition.name.template))}<td class="n">{condition.part:.1%}'
        f'<td class="track"><span class="bar" style="width:{condition.part:.1%}"></span>'
        for condition in report.conditions
    ]
    return f"<table>{''.join(rows)}</table>"


def _readings(readings: tuple[Tried, ...], tr: Words) -> list[str]:
    rows = ["<tr><td>" + "<td>".join(map(escape, tried_words(tried, tr))) for tried in readings]
    return [
        f"<h2>{escape(tr('With other input settings'))}</h2>",
        f"<p>{escape(tr('Settings tried on the reference digits, those in use first:'))}</p>",
        f'<table class="wide"><tr><th>{"<th>".join(map(escape, tried_heads(tr)))}'
        f"{''.join(rows)}</table>",
    ]


def _confusion(report: Report, tr: Words) -> str:
    shown = occurring(report.confusion)
    lines = ["<tr><th><th>" + "<th>".join(escape(report.labels[k]) for k in shown)]
    for k in shown:
        counts = [(j, int(report.confusion[k, j])) for j in shown]
        cells = [
            f'<td class="{"right" if k == j else "wrong"}">{count}' if count else "<td>"
            for j, count in counts
        ]
        lines.append(f"<tr><th>{escape(report.labels[k])}{''.join(cells)}")
    about = escape(tr("Rows: the digit drawn. Columns: the digit read."))
    return f'<table class="confusion">{"".join(lines)}</table><p class="muted">{about}</p>'


def _missed(miss: Missed, tr: Words) -> str:
    words = tr(
        "{label}, read as {said} ({sure:.0%})", label=miss.label, said=miss.said, sure=miss.sure
    )
    return f"<li>{_svg(miss.drawing, escape(words))}<br>{escape(words)}"


def _svg(drawing: Original, title: str) -> str:
    if isinstance(drawing, Picture):
        return _svg_of_pixels(drawing, title)
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


def _svg_of_pixels(picture: Picture, title: str) -> str:
    pixels = raster_of(picture).pixels
    squares = "".join(
        f'<rect x="{x}" y="{y}" width="1" height="1" fill-opacity="{pixels[y, x]:.2f}"/>'
        for y, x in zip(*pixels.nonzero(), strict=True)
    )
    side = len(pixels)
    return (
        f'<svg viewBox="0 0 {side} {side}" role="img"><title>{title}</title>'
        f'<g fill="currentColor">{squares}</g></svg>'
    )
