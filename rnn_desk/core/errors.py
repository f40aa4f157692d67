"""The one kind of failure that a person can cause and mend."""

from __future__ import annotations

from functools import partial
from typing import Any


class Refused(Exception):
    """Something was refused: the text is one sentence for the person who asked.

    The sentence is kept as a template with named fields, so that the window can look up its
    translation before it fills them in. Anything that is *our* mistake is any other exception.

    >>> str(Refused("{file} is empty: choose another file", file="a.onnx"))
    'a.onnx is empty: choose another file'
    """

    def __init__(self, template: str, **fields: object) -> None:
        super().__init__(template, fields)
        self.template = template
        self.fields: dict[str, Any] = fields

    def __str__(self) -> str:
        return self.template.format(**self.fields)

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is copied from its arguments, and so could not come from another process.
        return partial(type(self), **self.fields), (self.template,)
