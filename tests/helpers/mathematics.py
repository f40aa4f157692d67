"""What an equation on the screen comes to, worked out from its signs and the numbers under it."""

import math

SIGNS = {
    "+": "+",
    "(": "(",
    ")": ")",
    r"\odot": "*",
    r"\cdot": "*",
    r"\sigma": "sigma",
    r"\tanh": "tanh",
}


def worked_out(equation):
    text = " ".join(
        SIGNS[part.tex] if part.number is None else f"({part.number!r})"
        for part in equation.parts
    ).replace("np.float32", "").replace("np.float64", "")  # fmt: skip
    known = {"sigma": lambda x: 1 / (1 + math.exp(-x)), "tanh": math.tanh, "__builtins__": {}}
    return eval(text, known)  # of this program's own making
