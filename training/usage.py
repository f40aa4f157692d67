"""The command `rnn-desk-train`: its words. Each `--help` says what happens, and why."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from .datasets import DATASETS
from .download import default_folder
from .recipes import RECIPES

Action = Callable[[argparse.Namespace], None]

INSTALLED_BY = 'python -m pip install "rnn-desk[train]"'
"""What brings torch and all else of the extra `train`, in every shell: in zsh bare brackets are a
pattern, and Windows knows no single quotes."""


def parser_of(actions: Mapping[str, Action]) -> argparse.ArgumentParser:
    """The parser; what it returns holds, as `action`, the one of `actions` that was asked for."""
    parser = argparse.ArgumentParser(
        prog="rnn-desk-train",
        description="Make the models that RNN Desk shows: get the data, train, measure, export.",
        epilog="to make the first model:\n"
        "  rnn-desk-train run lstm\n"
        "  rnn-desk-train export runs/lstm" + _missing(),
        formatter_class=_Paragraphs,
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, add in _COMMANDS.items():
        add(commands).set_defaults(action=actions[name])
    return parser


def _missing() -> str:
    """What help says where nothing can be trained yet."""
    if find_spec("torch"):
        return ""
    return f"\n\nTraining needs torch, which is not here. To install it:\n  {INSTALLED_BY}"


_Commands = argparse._SubParsersAction  # argparse has no other name for what it returns


def _run(commands: _Commands[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "run",
        "train a model after a recipe",
        "Trains the model that RECIPE describes, on MNIST or another data set, and writes after "
        "each epoch what is needed to go on into the folder OUT, with log.csv, the figures of "
        "every epoch, and curves.png at the end. Ctrl-C stops it; `resume` goes on. A twelfth of "
        "the training pictures is kept back, to choose the best epoch on; the test pictures are "
        "not looked at.\n\n"
        "With --drawings, drawings that the program saved join the training: each is rendered "
        "again and again, as other hands and pens would draw it. A fifth of them is held out, "
        "writer by writer where the file names writers, and read at the end. With --from too, a "
        "model that is trained already learns them in a minute or two: it sees all of them, and "
        "of the old pictures as many as it needs to not forget them.\n\n"
        "On several processors or machines, start it with torchrun, which comes with torch; each "
        "process then takes its share of every batch:\n"
        f"  torchrun --nproc-per-node 2 -m {__package__}.cli run lstm\n\n"
        "recipes:\n" + _table({r.name: r.title for r in RECIPES.values()}) + "\n\n"
        "data sets:\n" + _table({d.name: d.title for d in DATASETS.values()}),
        "rnn-desk-train run lstm --epochs 3 --out runs/first\n"
        "         rnn-desk-train run lstm --from lstm.onnx --drawings class-7b.jsonl",
    )
    command.add_argument("recipe", metavar="RECIPE", help="one of the recipes above")
    _data(command, "a folder with MNIST's four files, or a data set's name from above (mnist)")
    command.add_argument(
        "--classes",
        type=_names,
        metavar="A,B,...",
        help="what the labels 0, 1, ... in a folder of your own mean",
    )
    command.add_argument("--out", type=Path, metavar="DIR", help="the run's folder (runs/RECIPE)")
    command.add_argument("--epochs", type=_positive, metavar="N", help="instead of the recipe's")
    command.add_argument(
        "--seed", type=_seed, default=0, metavar="N", help="another seed, another model (0)"
    )
    _drawings(command, "learn from these labelled drawings too")
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
    _device(command, "auto", "what to train on (auto: the fastest there is)")
    _precision(command)
    command.add_argument(
        "--limit", type=_positive, metavar="N", help="use the first N training pictures alone"
    )
    _tensorboard(command)
    return command


def _resume(commands: _Commands[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "resume",
        "go on with a run that was stopped",
        "Goes on after the last finished epoch, with the same weights, optimizer and random "
        "numbers: on a CPU the model comes out the same, bit for bit, as without the stop. What "
        "several processes began, as many must go on with.",
        "rnn-desk-train resume runs/lstm",
    )
    _folder(command)
    _data(command, "where the same pictures are now, if they were moved")
    _drawings(command, "where the same drawings are now, if they were moved")
    _device(command, None, "train on another device from here on")
    _tensorboard(command)
    return command


def _curves(commands: _Commands[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "curves",
        "draw the loss and the accuracy of a run",
        "Draws what log.csv says, epoch by epoch, also while the run goes on. Look at both lines "
        "of the accuracy: a training line far above the validation line has learnt its pictures "
        "by heart. Here it lies below as a rule, because training pictures are bent and turned, "
        "and validation pictures are not.",
        "rnn-desk-train curves runs/lstm",
    )
    _folder(command)
    command.add_argument("--out", type=Path, metavar="FILE.png", help="(curves.png in the run)")
    return command


def _export(commands: _Commands[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "export",
        "write a run's model as an ONNX file for the program",
        "Writes the model of the run's best epoch, with its card: what it takes, how it was made, "
        "how well it reads. Its probabilities are first set right by one temperature, so that of "
        "the answers it is 90 % sure of, nine in ten are right. Writes nothing unless ONNX Runtime "
        "and torch agree to 0.00001 on 1,000 pictures.",
        "rnn-desk-train export runs/lstm --out lstm.onnx",
    )
    _folder(command)
    command.add_argument(
        "--out", type=Path, metavar="FILE", help="the file (RECIPE.onnx in this folder)"
    )
    _data(command, "where the data set is, if not where the run found it")
    _drawings(command, "measure it on these drawings too, and put that on its card")
    return command


def _evaluate(commands: _Commands[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "evaluate",
        "measure how well an exported model reads",
        "Runs the file with ONNX Runtime, as the program does, on its data set's test pictures: "
        "how many are read, how far its sureness is from being right (the expected calibration "
        "error), after which row the answer stands, and how many are read when they are turned, "
        "shifted, noisy or lack rows. Then on drawings, which become pictures in the program's "
        "own way.\n\n"
        "Of a model that writes: how likely the test pictures are to it, in nats, with their class "
        "and without; how often what it writes as a class, and how it ends test pictures, is read "
        "as that class by the program's best reader.",
        "rnn-desk-train evaluate lstm.onnx --drawings class-7b.jsonl",
    )
    command.add_argument("model", type=Path, metavar="MODEL.onnx", help="an exported model")
    _data(command, "the folder with the test pictures, or a data set's name (the model's own)")
    _drawings(command, "labelled drawings to read as well")
    command.add_argument("--json", action="store_true", help="one JSON object instead of text")
    command.add_argument(
        "--card",
        action="store_true",
        help="write the figures onto the model's card, and leave those of harmed pictures as they "
        "are there",
    )
    return command


def _sheets(commands: _Commands[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "sheets",
        "draw what a model that writes writes",
        "Writes a page into the folder OUT: the card's figures, and contact sheets of what the "
        "model writes from nothing, as no class and as each, and of how it ends the first test "
        "picture of each class, given 20, 14 and 8 rows of it. White is what was given, orange "
        "what it wrote.",
        "rnn-desk-train sheets writer.onnx --out docs/writer",
    )
    command.add_argument("model", type=Path, metavar="MODEL.onnx", help="an exported writer")
    command.add_argument("--out", type=Path, metavar="DIR", default=Path(), help="where to (here)")
    _data(command, "the folder with the test pictures, or a data set's name (the model's own)")
    return command


def _compare(commands: _Commands[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "compare",
        "set models side by side: size, accuracy, time, vanishing gradient",
        "Prints a line for each model from its card, so nothing is computed and it takes a second. "
        "The last two columns are the vanishing gradient: how much of it is left at the first "
        "row, as a part of the last row's, before training and after. What hardly arrives there "
        "teaches nothing about the first rows.",
        "rnn-desk-train compare --picture models.png",
    )
    command.add_argument(
        "models",
        nargs="*",
        type=Path,
        metavar="MODEL",
        help="exported models, or runs' folders (those that ship with the program)",
    )
    command.add_argument(
        "--picture", type=Path, metavar="FILE.png", help="draw it too, with every row's gradient"
    )
    command.add_argument("--csv", type=Path, metavar="FILE.csv", help="every number in full")
    command.add_argument(
        "--markdown", type=Path, metavar="FILE.md", help="write the table between its marks there"
    )
    return command


def _release(commands: _Commands[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "release",
        "make every model that ships with the program",
        "Trains all recipes, the small ones with three seeds each and the champion in five folds "
        "of the drawings' writers, measures them, and writes the files with their cards. Runs "
        "that are finished already are not trained again, and one that was stopped goes on: so "
        "start the same command again whenever you like. On two cores it takes a few hours.",
        "rnn-desk-train release --drawings pen.jsonl.gz --models assets/models",
    )
    command.add_argument("recipe", nargs="*", metavar="RECIPE", help="these alone (all of them)")
    _data(command, "MNIST's folder; without it, MNIST is downloaded once")
    command.add_argument(
        "--drawings", type=Path, metavar="FILE.jsonl", required=True, help="drawings of many hands"
    )
    command.add_argument(
        "--models",
        type=Path,
        metavar="DIR",
        required=True,
        help="where the files go; what ships is in assets/models",
    )
    command.add_argument(
        "--runs",
        type=Path,
        metavar="DIR",
        default=Path("runs/release"),
        help="where the training runs are kept (runs/release)",
    )
    command.add_argument(
        "--seeds", type=_positive, default=3, metavar="N", help="of each small recipe (3)"
    )
    _device(command, "auto", "what to train on (auto: the fastest there is)")
    _precision(command)
    return command


def _download(commands: _Commands[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    command = _command(
        commands,
        "download",
        "get a data set",
        "Downloads a data set's four files, and checks each one's checksum before it is written. "
        "Files that are there already are checked and kept. `run` does it by itself.\n\n"
        "data sets:\n" + _table({d.name: f"{d.title}: {d.size}" for d in DATASETS.values()}),
        "rnn-desk-train download fashion-mnist",
    )
    command.add_argument(
        "dataset", nargs="?", choices=tuple(DATASETS), default="mnist", help="which one (mnist)"
    )
    where = str(default_folder() / "NAME").replace("%", "%%")
    command.add_argument("--data", type=Path, metavar="DIR", help=f"where to ({where})")
    return command


_COMMANDS = {
    "run": _run,
    "resume": _resume,
    "curves": _curves,
    "export": _export,
    "evaluate": _evaluate,
    "sheets": _sheets,
    "compare": _compare,
    "release": _release,
    "download": _download,
}


def _command(
    commands: _Commands[argparse.ArgumentParser],
    name: str,
    summary: str,
    lesson: str,
    example: str,
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=lesson,
        epilog=f"example: {example}",
        formatter_class=_Paragraphs,
    )


class _Paragraphs(argparse.HelpFormatter):
    """Wraps each paragraph of a description by itself; indented lines stay as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(
            line
            if line.startswith(" ")
            else super(_Paragraphs, self)._fill_text(line, width, indent)
            for line in text.splitlines()
        )


def _table(words: Mapping[str, str]) -> str:
    width = max(len(name) for name in words)
    return "\n".join(f"  {name:{width}}  {meaning}" for name, meaning in words.items())


def _folder(command: argparse.ArgumentParser) -> None:
    command.add_argument("run", type=Path, metavar="RUN", help="the run's folder")


def _data(command: argparse.ArgumentParser, meaning: str) -> None:
    command.add_argument("--data", metavar="DIR|NAME", help=meaning)


def _drawings(command: argparse.ArgumentParser, meaning: str) -> None:
    command.add_argument("--drawings", type=Path, metavar="FILE.jsonl", help=meaning)


def _device(command: argparse.ArgumentParser, default: str | None, meaning: str) -> None:
    command.add_argument(
        "--device", choices=("auto", "cpu", "cuda", "mps"), default=default, help=meaning
    )


def _precision(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--precision",
        choices=("auto", "float32", "bfloat16"),
        default="auto",
        help="what matrices are multiplied in (auto: bfloat16 where the device has units for it)",
    )


def _tensorboard(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--tensorboard",
        action="store_true",
        help="write TensorBoard logs into the run's folder too; see them with "
        "`tensorboard --logdir runs`",
    )


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if len(names) < 2 or len(set(names)) < len(names) or not all(names):
        raise argparse.ArgumentTypeError(f"{text!r} is not several names with commas between")
    return names


def _positive(text: str) -> int:
    return _number(text, 1)


def _seed(text: str) -> int:
    return _number(text, 0)


def _number(text: str, least: int) -> int:
    """A whole number that torch takes as a seed, and any computer as a count."""
    if not (text.isdecimal() and least <= int(text) < 2**63):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least}")
    return int(text)
