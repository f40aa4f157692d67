"""From a file to a model that reads. One path for every model: read, check, understand, take apart,
probe once, then start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import onnx

from rnn_desk.core.by_hand import ByHand
from rnn_desk.core.card import presentable
from rnn_desk.core.errors import Refused
from rnn_desk.core.raster import Raster
from rnn_desk.core.references import reference_digits
from rnn_desk.engine.graph.checking import check
from rnn_desk.engine.graph.dissection import dissect
from rnn_desk.engine.graph.metadata import card_of, facts_of
from rnn_desk.engine.graph.model_file import read_model
from rnn_desk.engine.inference.familiar import known_by
from rnn_desk.engine.inference.reader import Origin, Reader
from rnn_desk.engine.input_spec.as_said import understood_as_said
from rnn_desk.engine.input_spec.inferred_card import Understood, understand
from rnn_desk.engine.input_spec.letters import understood_by_letters
from rnn_desk.engine.input_spec.tried_extras import understood_with_extras
from rnn_desk.engine.input_spec.whole import whole_picture
from rnn_desk.engine.runtime.sessions import DeviceFailed, NotGranted
from rnn_desk.engine.states import watching
from rnn_desk.engine.states.probe import Probe
from rnn_desk.protocol.devices import Device
from rnn_desk.protocol.findings import Examined, Findings


class Writes(Refused):
    """The file is a model that writes, and was to read."""


def open_reader(
    path: Path,
    device: Device,
    examined: Examined | None = None,
    tell: Callable[[str], None] = lambda _: None,
    chosen: Mapping[str, ByHand] = MappingProxyType({}),
) -> Reader:
    """Open a model file on a device, taking it apart on the way. Raises Refused.

    A file without a card is tried on the reference digits. examined: what an earlier opening found,
    which then holds for these very bytes and is not worked out again. tell: hears of each stage by
    its name, "reading", "checking", "opening", "trying". chosen: what a person said of a file,
    by its SHA-256; it comes before the card and the trial.
    """
    tell("reading")
    file = read_model(path)
    if examined is not None and file.fingerprint != examined.fingerprint:
        raise Refused("{file} was changed while it was being opened: open it again", file=path)
    try:
        tell("checking")
        check(file.model)
        origin = Origin(path, file.sha256, file.fingerprint, facts_of(file.model, file.size))
        tell("opening")
        known = _told_by(file.model) if examined is None else examined.findings
        said = chosen.get(file.sha256, ByHand())
        understood = understood_with_extras(
            whole_picture(file.model),
            {} if known is None else known.card.given,
            dict(said.given),
            lambda model, wide: _understood(model, path.stem, known, said, tell, wide),
        )
        findings = understood.findings
        probe = Probe(findings.card, dissect(understood.model))
        if probe.gives_states and not findings.reference_accuracy:
            findings = _without_answer(findings)
        card = findings.card
        watched = watching.proposed(probe.dissected, card, probe.orientation, len(probe.layers))
        reader = Reader(origin, findings, probe, device, watched)
        _try_out(reader)
        reader.known = known_by(reader)
    except (NotGranted, DeviceFailed):
        raise  # the file is not at fault
    except Writes as why:
        raise Writes("{file} cannot be used: {reason}", file=path, reason=why) from why
    except (Refused, ValueError) as error:
        raise Refused("{file} cannot be used: {reason}", file=path, reason=error) from error
    return reader


def _understood(
    model: onnx.ModelProto,
    name: str,
    known: Findings | None,
    said: ByHand,
    tell: Callable[[str], None],
    wide: bool,
) -> Understood:
    """What the model is: as its card says, as a person says, who comes before that, or as it is
    found out. Raises Refused."""
    digits = reference_digits()
    if known is not None:
        told = replace(known, card=said.over(known.card))
        return understand(model, name, digits, told, tell=tell)
    if said.input is None or not said.side:
        found = understand(model, name, digits, chosen=said.input, tell=tell, wide=wide)
        if not said.classes and not (said.input is None and found.findings.unchecked):
            return found
        if not said.classes:
            return understood_by_letters(model, name, found.findings.card, tell) or found
        card = found.findings.card
        said = replace(said, input=card.input, side=card.side)
    return understood_as_said(model, name, digits, said, tell)


def _without_answer(findings: Findings) -> Findings:
    """The findings of a model whose outputs are its states."""
    why = Refused(
        "it gives states and no answer, so how it wants its pictures could not be checked"
    )
    card = replace(findings.card, classes=(), form="states", output="logits")
    return Findings(card, (), why)


def _try_out(reader: Reader) -> None:
    """It must read one blank picture, and two at once. Raises Refused."""
    card = reader.card
    blank = np.zeros((2, card.side, card.side), np.float32)
    trial = reader.read(Raster(blank[0]))
    if not card.classes:
        return
    several = reader.classify(blank)  # its batch may not be as free as its card says
    if not trial.probabilities.shape == several.shape[1:] == (len(card.classes),):
        raise Refused("its output does not have one number for each class of its card")


def _told_by(model: onnx.ModelProto) -> Findings | None:
    """What the file's own card says, if it carries one. Raises Refused where it is no card, and
    Writes."""
    card = card_of(model)
    if card is not None and card.kind == "writer":
        raise Writes("it writes digits and reads none: open a model that reads")
    return None if card is None else Findings(presentable(card))
