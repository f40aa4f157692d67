"""Recurrent cells step by step and unit by unit, written from the papers' formulas.

Slow and plain on purpose, in Python's own numbers: a second witness beside rnn_desk.core.cells.
Weights come as ONNX stores them: LSTM i, o, f, g; GRU z, r, n.
"""
# ruff: noqa: N803, N806, ARG001 (W, R, B are the formulas' own names; all cells are called alike)

import math

import numpy as np


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def run(op, x, W, R, B=None, h0=None, c0=None, reset_last=False):
    """Every row's states and gates, by letter, each `[rows, units]`; x is `[rows, inputs]`."""
    units = R.shape[1]
    B = np.zeros(2 * len(W)) if B is None else B
    h = [0.0] * units if h0 is None else [float(v) for v in h0]
    c = [0.0] * units if c0 is None else [float(v) for v in c0]
    kept = []
    for row in x:
        step = {"LSTM": _lstm, "GRU": _gru, "RNN": _rnn}[op]
        states = step([float(v) for v in row], h, c, W, R, B, units, reset_last)
        h, c = states["h"], states.get("c", c)
        kept.append(states)
    return {name: np.array([states[name] for states in kept]) for name in kept[0]}


def _dot(weights, values):
    return sum(float(w) * v for w, v in zip(weights, values, strict=True))


def _part(k, x, h, W, R, B):
    """W x + b_W + R h + b_R of line k."""
    return _dot(W[k], x) + float(B[k]) + _dot(R[k], h) + float(B[len(W) + k])


def _lstm(x, h, c, W, R, B, units, reset_last):
    made = {name: [] for name in "hcifgo"}
    for u in range(units):
        i = sigmoid(_part(u, x, h, W, R, B))
        o = sigmoid(_part(units + u, x, h, W, R, B))
        f = sigmoid(_part(2 * units + u, x, h, W, R, B))
        g = math.tanh(_part(3 * units + u, x, h, W, R, B))
        new = f * c[u] + i * g
        values = {"i": i, "f": f, "g": g, "o": o, "c": new, "h": o * math.tanh(new)}
        for name, value in values.items():
            made[name].append(value)
    return made


def _gru(x, h, c, W, R, B, units, reset_last):
    z = [sigmoid(_part(u, x, h, W, R, B)) for u in range(units)]
    r = [sigmoid(_part(units + u, x, h, W, R, B)) for u in range(units)]
    n = []
    for u in range(units):
        k = 2 * units + u
        from_x = _dot(W[k], x) + float(B[k])
        bias = float(B[len(W) + k])
        if reset_last:
            n.append(math.tanh(from_x + r[u] * (_dot(R[k], h) + bias)))
        else:
            kept = [r[v] * h[v] for v in range(units)]
            n.append(math.tanh(from_x + _dot(R[k], kept) + bias))
    new = [(1 - z[u]) * n[u] + z[u] * h[u] for u in range(units)]
    return {"z": z, "r": r, "n": n, "h": new}


def _rnn(x, h, c, W, R, B, units, reset_last):
    return {"h": [math.tanh(_part(u, x, h, W, R, B)) for u in range(units)]}
