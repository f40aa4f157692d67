"""The command `rnn-desk-train`: what each of its actions does.

Exit 0 done, 1 refused or failed (the reason on stderr, in one sentence), 2 wrong usage, 130 stopped
by Ctrl+C, 141 where nobody reads the answer any longer. torch takes seconds to load, so each action
imports what it needs when it is asked for.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_desk.core import console
from rnn_desk.core.errors import Refused
from rnn_desk.core.json_text import json_text
from rnn_desk.core.plain import counted
from rnn_desk.core.progress import progress
from rnn_desk.core.terminal import write_plainly

from .console import tell, warn
from .datasets import (
    DATASETS,
    Dataset,
    dataset_named,
    of_folder,
    own_folder,
)
from .recipes import (
    RECIPES,
    Recipe,
    fine_tuning,
    for_dataset,
    learning_a_class,
    recipe_named,
)
from .usage import INSTALLED_BY, parser_of

if TYPE_CHECKING:
    from .checkpoint import Checkpoint, Weights
    from .data import Digits
    from .loop import AfterEpoch
    from .runs import Sources

_STOPPED, _NOBODY_READS = 130, 141  # 128 and the number of the signal, as shells have it

_NEEDED = ("torch", "onnxscript", "tqdm", "matplotlib")
"""What the extra `train` brings."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; the exit status. Wrong usage raises SystemExit(2)."""
    write_plainly()
    with console.speaking_as("rnn-desk-train"):
        try:
            _done(arguments)
        except Refused as refused:
            warn(str(refused))
            return 1
        except BrokenPipeError:
            console.give_up_stdout()
            return _NOBODY_READS
        except KeyboardInterrupt as stopped:
            console.give_up_stdout()
            warn(str(stopped) or "stopped: nothing half-done is left behind")
            return _STOPPED
        except ModuleNotFoundError as error:
            if error.name not in _NEEDED:
                raise
            warn(f"training needs {error.name}: install it with `{INSTALLED_BY}`")
            return 1
    return 0


def _done(arguments: Sequence[str] | None) -> None:
    try:
        chosen = parser_of(ACTIONS).parse_args(arguments)
        action: Callable[[argparse.Namespace], None] = chosen.action
        action(chosen)
    finally:
        console.flush()  # help as well, which ends by an exception


def _run(chosen: argparse.Namespace) -> None:
    with progress("loading torch"):
        from .devices import device_named, precision_named
        from .distributed import joined, rank
        from .runs import Plan, Sources

    recipe = recipe_named(chosen.recipe)
    folder, dataset = _data(chosen.data, DATASETS["mnist"], needed=chosen.begin is not None)
    sources = Sources(folder, chosen.limit, chosen.drawings, chosen.fold, dataset.name)
    recipe = _fitting(recipe, dataset, sources, chosen.classes)
    out = chosen.out or Path("runs") / _file_name(recipe)
    if (out / "checkpoint.pt").exists():
        raise Refused(
            "{out} holds a training run already: go on with `rnn-desk-train resume {out}`, "
            "or name another folder with --out",
            out=out,
        )
    begun_from = None
    if chosen.begin is not None:
        recipe, begun_from = _begun_from(recipe, chosen.begin, sources)
    if chosen.epochs is not None:
        recipe = replace(recipe, epochs=chosen.epochs)
    with joined(device_named(chosen.device)) as device:
        precision = precision_named(chosen.precision, device)
        material = sources.material(recipe.classes)
        plan = Plan(recipe, sources, chosen.seed, str(device), precision, begun_from)
        run = plan.start(material)
        if rank() == 0:
            shown = len(material.order(recipe.drawn_per_epoch, recipe.at_most, recipe.outweighs))
            tell(
                f"{recipe.title}: {shown:,} pictures an epoch, {counted(recipe.epochs, 'epoch')}, "
                f"on {device} in {precision}, seed {run.seed}, into {out}"
            )
        _train(run, sources, out, chosen.tensorboard)


def _fitting(
    recipe: Recipe, dataset: Dataset, sources: Sources, classes: tuple[str, ...] | None
) -> Recipe:
    """The recipe for the data set, whose pixels' mean and deviation it wants to know."""
    from .data import pixel_statistics

    if classes is not None:
        dataset = replace(dataset, name=sources.data.resolve().name, classes=classes)
    if dataset.name == recipe.dataset:
        return recipe
    digits = sources.digits(dataset.classes)
    return for_dataset(recipe, dataset, dataset.classes, pixel_statistics(digits))


def _begun_from(
    recipe: Recipe, model: Path, sources: Sources
) -> tuple[Recipe, tuple[str, Weights]]:
    """The recipe for going on from a trained model, and what that knows."""
    from .reopen import trained_weights

    known, weights = trained_weights(model)
    if (known.network, known.cell, known.units, known.classes, known.bidirectional) != (
        recipe.network,
        recipe.cell,
        recipe.units,
        recipe.classes,
        recipe.bidirectional,
    ):
        raise Refused(
            "{model} is {title}, and {recipe} is another network: name its own recipe",
            model=model,
            title=known.title,
            recipe=recipe.name,
        )
    if sources.drawings is None:
        return fine_tuning(recipe), (model.name, weights)
    return learning_a_class(recipe), (model.name, weights)


def _resume(chosen: argparse.Namespace) -> None:
    with progress("loading torch"):
        from .checkpoint import load
        from .devices import device_named
        from .distributed import joined, rank
        from .runs import Sources

    run = load(chosen.run)
    sources = Sources.of(run)
    if chosen.data is not None:
        sources = replace(sources, data=_data(chosen.data, dataset_named(run.recipe.dataset))[0])
    sources = replace(sources, drawings=chosen.drawings or sources.drawings)
    with joined(device_named(chosen.device or run.device)) as device:
        if rank() == 0:
            tell(f"{run.recipe.title}: {run.epoch} of {counted(run.recipe.epochs, 'epoch')} done")
        run = replace(run, device=str(device), data=str(sources.data.resolve()))
        _train(run, sources, chosen.run, chosen.tensorboard)


def _train(run: Checkpoint, sources: Sources, folder: Path, tensorboard: bool) -> None:
    """Train to the end, or until the person stops it, and say what came of it."""
    from .distributed import rank
    from .runs import gone_on

    watch: list[AfterEpoch] = []
    if tensorboard:
        from .board import board

        watch.append(board(folder / "tensorboard"))
    begun = run
    try:
        run = gone_on(run, sources, folder, watch)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(
            f"stopped: every finished epoch is kept, go on with `rnn-desk-train resume {folder}`"
        ) from None
    if rank() > 0:
        return
    best = next(f for f in run.history if f.epoch == run.best_epoch)
    tell(f"done: best in epoch {best.epoch}, {best.words}; next: rnn-desk-train export {folder}")
    _draw_curves(run, folder / "curves.png")
    drawn = sources.drawn(run.recipe.classes)
    if drawn is None:
        return
    before = begun.model if begun.epoch == 0 and begun.begun_from is not None else None
    who = f"of writers {', '.join(drawn.groups)}" if drawn.groups else "one in five of each class"
    _tell_both(run, before, drawn.held_out, f"the {len(drawn.held_out)} drawings held out ({who})")
    choose = sources.material(run.recipe.classes).choose
    name = run.recipe.dataset
    _tell_both(run, before, choose, f"{len(choose):,} pictures of {name} that were not learnt from")


def _tell_both(run: Checkpoint, before: Weights | None, digits: Digits, what: str) -> None:
    """Say how these are read, and how they were before, if it has learnt before."""
    from .runs import judged

    read = judged(run.recipe, run.best, digits).words
    if before is not None:
        read += f", before {judged(run.recipe, before, digits).words}"
    tell(f"{what}: {read}")


def _draw_curves(run: Checkpoint, out: Path) -> None:
    with progress("drawing the curves"):
        from .charts import curves

        curves(run.history, f"{run.recipe.title}, seed {run.seed}", out)
    tell(f"loss and accuracy of every epoch: {out}, and as numbers in log.csv")


def _curves(chosen: argparse.Namespace) -> None:
    from .checkpoint import load

    run = load(chosen.run)
    if not run.history:
        raise Refused("{run} has no finished epoch yet: wait for the first", run=chosen.run)
    _draw_curves(run, chosen.out or chosen.run / "curves.png")


def _export(chosen: argparse.Namespace) -> None:
    with progress("loading torch"):
        from .checkpoint import load
        from .data import Material, read_digits
        from .export import export
        from .runs import Sources

    run = load(chosen.run)
    out = chosen.out or Path(f"{_file_name(run.recipe)}.onnx")
    sources = Sources.of(run)
    if chosen.data is not None:
        sources = replace(sources, data=_data(chosen.data, dataset_named(run.recipe.dataset))[0])
    test = read_digits(sources.data, "test", len(run.recipe.classes), run.recipe.dataset)
    if run.recipe.network == "writer":
        from .writer_export import export_writer
        from .writer_figures import WriterFigures

        with progress("exporting"):
            card = export_writer(run, test, out)
        tell(f"{out}: {card.name}, {card.training['parameters']:,} parameters")
        for line in WriterFigures.on(card).lines():
            tell(f"  {line}")
        return
    choose = Material.of(sources.digits(run.recipe.classes)).choose
    with progress("exporting"):
        card = export(run, choose, test, chosen.drawings, out)
    tell(f"{out}: {card.name}, {card.training['parameters']:,} parameters")
    for name, share in card.accuracies.items():
        tell(f"  {name:24} {share:.2%}")


def _evaluate(chosen: argparse.Namespace) -> None:
    from rnn_desk.core.files import read_regular

    with progress("loading torch"):
        from .data import read_digits
        from .evaluate import MAX_BYTES, Reader, own_card, parsed
        from .figures import Figures, measure, onto_card
        from .writer_figures import WriterFigures, measure_writer
        from .writer_file import WriterFile

    data, name = read_regular(chosen.model, MAX_BYTES), str(chosen.model)
    card = own_card(parsed(data, name), name)
    dataset = dataset_named(card.training.get("dataset", "mnist"))
    folder, _ = _data(chosen.data, dataset)
    test = read_digits(folder, "test", len(card.classes), dataset.name)
    figures: Figures | WriterFigures
    if card.kind == "writer":
        if chosen.card or chosen.drawings is not None:
            raise Refused(
                "{file} writes digits: leave out --card and --drawings, which are for models that "
                "read",
                file=chosen.model,
            )
        figures = measure_writer(WriterFile(data, name), test)
    else:
        reader = Reader(data, name)
        figures = measure(reader, test, chosen.drawings, harmed=not chosen.card)
        if chosen.card:
            reader.rewrite(chosen.model, onto_card(card, figures, chosen.drawings))
    if chosen.json:
        answer = {
            "file": name,
            "name": card.name,
            "measured": figures.as_record(),
            "card": {**card.accuracies, **card.figures},
        }
        tell(json_text(answer))
        return
    tell(f"{chosen.model}: {card.name}")
    for line in figures.lines():
        tell(f"  {line}")


def _sheets(chosen: argparse.Namespace) -> None:
    with progress("loading torch"):
        from .data import read_digits
        from .sheets import write_page
        from .writer_file import WriterFile

    file = WriterFile.open(chosen.model)
    dataset = dataset_named(file.card.training.get("dataset", "mnist"))
    test = read_digits(_data(chosen.data, dataset)[0], "test", len(file.card.classes), dataset.name)
    chosen.out.mkdir(parents=True, exist_ok=True)
    with progress("drawing the sheets"):
        written = write_page(file, test, chosen.out)
    for path in written:
        tell(str(path))


def _compare(chosen: argparse.Namespace) -> None:
    from rnn_desk.assets_door import asset
    from rnn_desk.core.files import write_whole

    from .compare import EXPLANATION, as_csv, as_text, line_of, put_into, shipped

    lines = [line_of(path) for path in chosen.models or shipped(asset("models"))]
    for row in as_text(lines).splitlines():
        tell(row)
    tell("")
    tell(EXPLANATION)
    if chosen.csv is not None:
        write_whole(chosen.csv, as_csv(lines))
    if chosen.markdown is not None:
        put_into(chosen.markdown, lines)
    if chosen.picture is not None:
        with progress("drawing the picture"):
            from .charts import comparison

            comparison(lines, chosen.picture)


def _release(chosen: argparse.Namespace) -> None:
    from .devices import device_named, precision_named
    from .release import Release

    device = device_named(chosen.device)
    release = Release(
        data=_data(chosen.data, DATASETS["mnist"])[0],
        drawings=chosen.drawings,
        models=chosen.models,
        runs=chosen.runs,
        device=str(device),
        precision=precision_named(chosen.precision, device),
        seeds=chosen.seeds,
    )
    for name in chosen.recipe or RECIPES:
        release.make(recipe_named(name))


def _download(chosen: argparse.Namespace) -> None:
    dataset = DATASETS[chosen.dataset]
    folder = chosen.data or own_folder(dataset)
    fetched = dataset.fetch(folder)
    tell(f"{dataset.name} is in {folder}" if fetched else f"{dataset.name} was in {folder} already")


def _data(named: str | None, usual: Dataset, needed: bool = False) -> tuple[Path, Dataset]:
    """The folder of what was named, and which data set it is; downloaded first if it has to be.

    named: a folder, or the name of a data set; None is the `usual` one. needed: it is asked for to
    be learnt again, which is said where it cannot be had.
    """
    if named is not None and Path(named).is_dir():
        return Path(named), of_folder(Path(named))
    if named is not None and named not in DATASETS:
        raise Refused(
            "{name} is no folder, and no data set of that name is known: choose from {known}",
            name=named,
            known=", ".join(DATASETS),
        )
    dataset = usual if named is None else DATASETS[named]
    folder = own_folder(dataset)
    if not dataset.in_folder(folder):
        warn(f"{dataset.name} is not in {folder} yet: downloading it, {dataset.size}")
        try:
            dataset.fetch(folder)
        except Refused as reason:
            if not needed:
                raise
            raise Refused(
                "A model that learns new drawings must see some of the old pictures too, or it "
                "forgets them, and they are not here: {reason}",
                reason=reason,
            ) from reason
    return folder, dataset


def _file_name(recipe: Recipe) -> str:
    """What a run, or a model, of a recipe is called where nobody says."""
    return recipe.name if recipe.dataset == "mnist" else f"{recipe.name}-{recipe.dataset}"


ACTIONS = {
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
"""What each command does, by its name."""


if __name__ == "__main__":
    sys.exit(main())
