"""`rnn-desk models`: the models that come with the program, by the names that `--model` takes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from rnn_desk.app.client import Client
from rnn_desk.app.requests import ReadCards
from rnn_desk.assets_door import BundledModel, catalogue, default_model
from rnn_desk.cli.arguments import add_json, describe
from rnn_desk.core.card import ModelCard
from rnn_desk.core.console import tell, tell_json, tell_table
from rnn_desk.core.plain import counted
from rnn_desk.core.progress import progress

_MEASURED = {"MNIST": "mnist_test", "drawings": "pendigits-30-writers"}
"""The accuracies that are listed: their headings, and what cards call them."""


def declare(parser: ArgumentParser) -> None:
    """Its arguments and its help."""
    describe(
        parser,
        _run,
        "List the models that come with the program: the name that --model takes, what the model\n"
        "is, and which part of MNIST's test set and of drawings by 30 people it reads. The first\n"
        "is the one that reads where none is named.",
        "rnn-desk models\nrnn-desk classify digit.png --model gru",
    )
    parser.add_argument(
        "--all", action="store_true", help="those too that were stopped while they learned"
    )
    add_json(parser, "one JSON object")


def _run(chosen: Namespace) -> None:
    tell_models(chosen.all, chosen.json)


def tell_models(learning_too: bool, as_json: bool) -> None:
    """Tell every model that comes with the program. Raises Refused."""
    models = catalogue()
    with progress("reading the models' cards"), Client() as client:
        cards = client.call(ReadCards(tuple(model.path for model in models)))
    if as_json:
        told = [_record(model, cards[model.path]) for model in models if model.path in cards]
        tell_json({"models": told})
        return
    shown = [m for m in models if m.path in cards and (learning_too or m.learned is None)]
    tell_table([("name", *_MEASURED, "what it is"), *(_row(m, cards[m.path]) for m in shown)])
    if more := len(models) - len(shown):
        tell(f"and {counted(more, 'model')} that stopped while learning, see --all")


def _row(model: BundledModel, card: ModelCard) -> tuple[str, ...]:
    parts = (card.accuracies.get(name) for name in _MEASURED.values())
    shown = ("" if part is None else f"{part:.2%}" for part in parts)
    words = model.words if model.learned is None else f"after {counted(model.learned, 'step')}"
    return model.name, *shown, words or card.name


def _record(model: BundledModel, card: ModelCard) -> dict[str, object]:
    return {
        "name": model.name,
        "title": card.name,
        "words": model.words,
        "file": str(model.path),
        "default": model.path == default_model(),
        "steps_learned": model.learned,
        "classes": list(card.classes),
        "layers": [
            {"op": layer.op, "units": layer.units, "direction": layer.direction}
            for layer in card.recurrent_layers
        ],
        "accuracies": dict(card.accuracies),
    }
