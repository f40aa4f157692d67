"""The command `rnn-desk-train`: what a person types, and what they are told.

Exit 0 done, 1 refused, failed or stopped (the reason on stderr, in one sentence), 2 wrong usage.
torch takes seconds to load, so each action imports what it needs when it is asked for.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_desk.core.errors import Refused
from training.console import tell, warn
from training.download import CHECKSUMS, default_folder, download, located
from training.recipes import RECIPES, fine_tuning, recipe_named

if TYPE_CHECKING:
    from training.checkpoint import Checkpoint
    from training.data import Digits
    from training.runs import Sources


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit code."""
    chosen = _parser().parse_args(arguments)
    action: Callable[[argparse.Namespace], None] = chosen.action
    try:
        action(chosen)
    except Refused as refused:
        warn(str(refused))
        return 1
    except KeyboardInterrupt:
        warn("Stopped: nothing half-done is left behind.")
        return 1
    except ModuleNotFoundError as error:
        if error.name not in ("torch", "onnxscript", "tqdm"):
            raise
        warn(f"Training needs {error.name}: install it with `pip install 'rnn-desk[train]'`")
        return 1
    return 0


def _run(chosen: argparse.Namespace) -> None:
    from training.devices import device_named, precision_named
    from training.reopen import trained_weights
    from training.runs import Plan, Sources

    recipe = recipe_named(chosen.recipe)
    begun_from = None
    if chosen.begin is not None:
        known, weights = trained_weights(chosen.begin)
        if (known.network, known.cell, known.units, known.classes, known.bidirectional) != (
            recipe.network,
            recipe.cell,
            recipe.units,
            recipe.classes,
            recipe.bidirectional,
        ):
            raise Refused(
                "{model} is {title}, and {recipe} is another network: name its own recipe",
                model=chosen.begin,
                title=known.title,
                recipe=recipe.name,
            )
        recipe, begun_from = fine_tuning(recipe), (chosen.begin.name, weights)
    if chosen.epochs is not None:
        recipe = replace(recipe, epochs=chosen.epochs)
    out = chosen.out or Path("runs") / recipe.name
    if (out / "checkpoint.pt").exists():
        raise Refused(
            "{out} holds a training run already: go on with `rnn-desk-train resume {out}`, "
            "or name another folder with --out",
            out=out,
        )
    device = device_named(chosen.device)
    precision = precision_named(chosen.precision, device)
    data = chosen.data or _own_copy_of_mnist()
    sources = Sources(data, chosen.limit, chosen.drawings, chosen.fold)
    material = sources.material(recipe.classes)
    run = Plan(recipe, sources, chosen.seed, str(device), precision, begun_from).start(material)
    tell(
        f"{recipe.title}: {len(material.everything()):,} pictures, {recipe.epochs} epochs, "
        f"on {device} in {precision}, seed {run.seed}, into {out}"
    )
    _train(run, sources, out)


def _resume(chosen: argparse.Namespace) -> None:
    from training.checkpoint import load
    from training.devices import device_named
    from training.runs import Sources

    run = load(chosen.run)
    device = device_named(chosen.device or run.device)
    sources = Sources.of(run)
    sources = replace(
        sources,
        data=chosen.data or sources.data,
        drawings=chosen.drawings or sources.drawings,
    )
    tell(f"{run.recipe.title}: {run.epoch} of {run.recipe.epochs} epochs are done")
    run = replace(run, device=str(device), data=str(sources.data.resolve()))
    _train(run, sources, chosen.run)


def _train(run: Checkpoint, sources: Sources, folder: Path) -> None:
    """Train to the end, or until the person stops it, and say what came of it."""
    from training.runs import gone_on, held_out_accuracy

    begun = run
    try:
        run = gone_on(run, sources, folder)
    except KeyboardInterrupt:
        raise Refused(
            "Stopped: every finished epoch is kept, go on with `rnn-desk-train resume {folder}`",
            folder=folder,
        ) from None
    best = next(f for f in run.history if f.epoch == run.best_epoch)
    tell(
        f"done: best in epoch {best.epoch} with {best.validation_accuracy:.2%} of the validation "
        f"pictures; next: rnn-desk-train export {folder}"
    )
    drawn = sources.drawn(run.recipe.classes)
    if drawn is not None:
        after = held_out_accuracy(run.recipe, run.best, drawn)
        before = held_out_accuracy(run.recipe, begun.model, drawn)
        who = f"of writers {', '.join(drawn.groups)}" if drawn.groups else "one in five"
        tell(
            f"the {len(drawn.held_out)} drawings that were held out ({who}): "
            f"{after:.2%} are read, {before:.2%} before"
        )


def _export(chosen: argparse.Namespace) -> None:
    from training.checkpoint import load
    from training.data import Material, read_digits
    from training.export import export

    run = load(chosen.run)
    out = chosen.out or Path("assets/models") / f"{run.recipe.name}.onnx"
    data = chosen.data or Path(run.data)
    training = _training_digits(data, len(run.recipe.classes), run.limit)
    test = read_digits(data, "test", len(run.recipe.classes))
    card = export(run, Material.of(training).choose, test, chosen.drawings, out)
    tell(f"{out}: {card.name}, {card.training['parameters']:,} parameters")
    for name, share in card.accuracies.items():
        tell(f"  {name:24} {share:.2%}")


def _evaluate(chosen: argparse.Namespace) -> None:
    from training.data import read_digits
    from training.evaluate import Reader
    from training.figures import Figures, measure

    reader = Reader.open(chosen.model)
    data = chosen.data or _own_copy_of_mnist()
    test = read_digits(data, "test", len(reader.card.classes))
    figures: Figures = measure(reader, test, chosen.drawings)
    if chosen.json:
        answer = {
            "file": str(chosen.model),
            "name": reader.card.name,
            "measured": figures.as_record(),
            "card": {**reader.card.accuracies, **reader.card.figures},
        }
        tell(json.dumps(answer, ensure_ascii=False))
        return
    tell(f"{chosen.model}: {reader.card.name}")
    for line in figures.lines():
        tell(f"  {line}")


def _release(chosen: argparse.Namespace) -> None:
    from training.devices import device_named, precision_named
    from training.release import Release

    device = device_named(chosen.device)
    release = Release(
        data=chosen.data or _own_copy_of_mnist(),
        drawings=chosen.drawings,
        models=chosen.models,
        runs=chosen.runs,
        device=str(device),
        precision=precision_named(chosen.precision, device),
    )
    for name in chosen.recipe or RECIPES:
        release.make(recipe_named(name))


def _download(chosen: argparse.Namespace) -> None:
    folder = chosen.data or default_folder()
    fetched = download(folder)
    tell(f"MNIST is in {folder}" if fetched else f"MNIST was in {folder} already")


def _own_copy_of_mnist() -> Path:
    """The default folder, filled first if it has to be."""
    folder = default_folder()
    if any(located(folder, name) is None for name in CHECKSUMS):
        warn(f"MNIST is not in {folder} yet: downloading it, 11 MB")
        download(folder)
    return folder


def _training_digits(folder: Path, classes: int, limit: int | None) -> Digits:
    from training.data import read_digits

    digits = read_digits(folder, "train", classes)
    return digits if limit is None else digits.part(0, limit)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rnn-desk-train",
        description="Make the models that RNN Desk shows: get the data, train, measure, export.",
        epilog="To make the first model: rnn-desk-train run lstm, "
        "then rnn-desk-train export runs/lstm",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    command = _command(
        commands,
        "run",
        _run,
        "train a model after a recipe",
        "Trains the model that RECIPE describes on MNIST, and writes after each epoch what is "
        "needed to go on into the folder OUT, with log.csv, the figures of every epoch. Ctrl-C "
        "stops it; `resume` goes on. A twelfth of the training pictures is kept back, to choose "
        "the best epoch on; the test pictures are not looked at.\n\n"
        "With --drawings, drawings that the program saved join the training: each is rendered "
        "again and again, as other hands and pens would draw it. A fifth of them is held out, "
        "writer by writer where the file names writers, and read at the end. With --from too, a "
        "model that is trained already learns them in a fifth of the epochs.\n\nrecipes:\n"
        + "\n".join(f"  {recipe.name:15} {recipe.title}" for recipe in RECIPES.values()),
        "rnn-desk-train run lstm --data mnist --epochs 3 --out runs/first",
    )
    command.add_argument("recipe", metavar="RECIPE", help="one of the recipes above")
    _data_argument(command, "a folder of your own; without it, MNIST is downloaded once")
    command.add_argument("--out", type=Path, metavar="DIR", help="the run's folder (runs/RECIPE)")
    command.add_argument("--epochs", type=_positive, metavar="N", help="instead of the recipe's")
    command.add_argument(
        "--seed", type=_seed, default=0, metavar="N", help="another seed, another model (0)"
    )
    _drawings_argument(command, "learn from these labelled drawings too")
    command.add_argument(
        "--fold", type=int, choices=range(5), default=0, help="which fifth of them to hold out (0)"
    )
    command.add_argument(
        "--from",
        dest="begin",
        type=Path,
        metavar="MODEL",
        help="begin with the weights of an exported model, or of a run's folder",
    )
    _device_argument(command, "auto", "what to train on (auto: the fastest there is)")
    _precision_argument(command)
    command.add_argument(
        "--limit", type=_positive, metavar="N", help="use the first N training pictures alone"
    )

    command = _command(
        commands,
        "resume",
        _resume,
        "go on with a run that was stopped",
        "Goes on after the last finished epoch, with the same weights, optimizer and random "
        "numbers: on a CPU the model comes out the same, bit for bit, as without the stop.",
        "rnn-desk-train resume runs/lstm",
    )
    _run_argument(command)
    _data_argument(command, "where the same pictures are now, if they were moved")
    _drawings_argument(command, "where the same drawings are now, if they were moved")
    _device_argument(command, None, "train on another device from here on")

    command = _command(
        commands,
        "export",
        _export,
        "write a run's model as an ONNX file for the program",
        "Writes the model of the run's best epoch, with its card: what it takes, how it was made, "
        "how well it reads. Its probabilities are first set right by one temperature, so that of "
        "the answers it is 90 % sure of, nine in ten are right. Writes nothing unless ONNX Runtime "
        "and torch agree to 0.00001 on 1,000 pictures.",
        "rnn-desk-train export runs/lstm --out lstm.onnx",
    )
    _run_argument(command)
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="the file (assets/models/RECIPE.onnx)"
    )
    _data_argument(command, "where MNIST's test pictures are, if not where the run found it")
    _drawings_argument(command, "measure it on these drawings too, and put that on its card")

    command = _command(
        commands,
        "evaluate",
        _evaluate,
        "measure how well an exported model reads",
        "Runs the file with ONNX Runtime, as the program does, on MNIST's test pictures: how many "
        "are read, how far its sureness is from being right (the expected calibration error), "
        "after which row the answer stands, and how many are read when they are turned, shifted, "
        "noisy or lack rows. Then on drawings, which become pictures in the program's own way.",
        "rnn-desk-train evaluate lstm.onnx --drawings class-7b.jsonl",
    )
    command.add_argument("model", type=Path, metavar="MODEL.onnx", help="an exported model")
    _data_argument(command, "the folder with MNIST's test pictures")
    _drawings_argument(command, "labelled drawings to read as well")
    command.add_argument("--json", action="store_true", help="one JSON object instead of text")

    command = _command(
        commands,
        "release",
        _release,
        "make every model that ships with the program",
        "Trains all recipes, the small ones with three seeds each and the champion in five folds "
        "of the drawings' writers, measures them, and writes the files with their cards. Runs "
        "that are finished already are not trained again, and one that was stopped goes on: so "
        "start the same command again whenever you like. On two cores it takes a few hours.",
        "rnn-desk-train release --data mnist --drawings pen.jsonl.gz",
    )
    command.add_argument("recipe", nargs="*", metavar="RECIPE", help="these alone (all of them)")
    _data_argument(command, "MNIST's folder; without it, MNIST is downloaded once")
    command.add_argument(
        "--drawings", type=Path, metavar="FILE.jsonl", required=True, help="drawings of many hands"
    )
    command.add_argument(
        "--models",
        type=Path,
        metavar="DIR",
        default=Path("assets/models"),
        help="where the files go (assets/models)",
    )
    command.add_argument(
        "--runs",
        type=Path,
        metavar="DIR",
        default=Path("runs/release"),
        help="where the training runs are kept (runs/release)",
    )
    _device_argument(command, "auto", "what to train on (auto: the fastest there is)")
    _precision_argument(command)

    command = _command(
        commands,
        "download",
        _download,
        "get MNIST",
        "Downloads MNIST's four files, 11 MB, and checks each one's checksum before it is "
        "written. Files that are there already are checked and kept.",
        "rnn-desk-train download --data mnist",
    )
    _data_argument(command, f"where to ({default_folder()})".replace("%", "%%"))
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    action: Callable[[argparse.Namespace], None],
    summary: str,
    lesson: str,
    example: str,
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=summary,
        description=lesson,
        epilog=f"example: {example}",
        formatter_class=_Paragraphs,
    )
    command.set_defaults(action=action)
    return command


class _Paragraphs(argparse.HelpFormatter):
    """Wraps each paragraph of a description by itself; indented lines stay as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(
            line
            if line.startswith(" ")
            else super(_Paragraphs, self)._fill_text(line, width, indent)
            for line in text.splitlines()
        )


def _run_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("run", type=Path, metavar="RUN", help="the run's folder")


def _data_argument(command: argparse.ArgumentParser, meaning: str) -> None:
    command.add_argument("--data", type=Path, metavar="DIR", help=meaning)


def _drawings_argument(command: argparse.ArgumentParser, meaning: str) -> None:
    command.add_argument("--drawings", type=Path, metavar="FILE.jsonl", help=meaning)


def _device_argument(command: argparse.ArgumentParser, default: str | None, meaning: str) -> None:
    command.add_argument(
        "--device", choices=("auto", "cpu", "cuda", "mps"), default=default, help=meaning
    )


def _precision_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--precision",
        choices=("auto", "float32", "bfloat16"),
        default="auto",
        help="what matrices are multiplied in (auto: bfloat16 where the device has units for it)",
    )


def _positive(text: str) -> int:
    return _number(text, 1)


def _seed(text: str) -> int:
    return _number(text, 0)


def _number(text: str, least: int) -> int:
    """A whole number that torch takes as a seed, and any computer as a count."""
    if not (text.isdecimal() and least <= int(text) < 2**63):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least}")
    return int(text)
