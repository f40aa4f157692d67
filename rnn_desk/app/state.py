"""What the window is, as one frozen value of frozen parts.

Widgets show it and send actions; an action (`app.actions`) makes the next state of it, and the
store (`app.store`) keeps the newest one. Nothing else remembers what a person has chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from functools import cached_property
from typing import Any, Literal

from rnn_desk.app.codecs import (
    CLASS,
    DRAWING,
    LAB,
    LAYERS,
    LESSON,
    MODEL,
    RECENT,
    ROW,
    SEED,
    TARGET,
    UNIT,
)
from rnn_desk.app.limits import Limits
from rnn_desk.app.question_text import HIDDEN, QUESTION
from rnn_desk.app.text import BYTES, FLAG, STANDS, TEXT, Document, kept, number, one_of
from rnn_desk.app.values import (
    PENS,
    SPEEDS,
    SYSTEM,
    Draft,
    LayerShown,
    LessonPlace,
    ModelChoice,
    Reply,
    RuledUnit,
    Unit,
    Units,
    there_is,
)
from rnn_desk.core.drawing import Drawing, Stroke, Tool
from rnn_desk.core.frozen import frozen
from rnn_desk.core.lab import Experiment
from rnn_desk.core.picture import Original, Picture
from rnn_desk.core.questions import HIDES, Question
from rnn_desk.core.trace import Target
from rnn_desk.core.writing import LEAST_TEMPERATURE, MOST_TEMPERATURE

ROWS = 28
"""Rows that are shown until a model says how many it reads."""

MAX_PAST = 500
"""Steps that can be undone."""


@frozen(eq=False)
class Canvas:
    """What lies on the canvas: a Drawing, or a Picture, which the pen's next stroke replaces.

    finished: all of it but the stroke being made, which is `live`. waiting: what is to lie there as
    soon as that stroke is done. dragged: the picture with the box that is being dragged. replayed:
    the drawing as it stood at a moment, shown in place of all of it while its strokes are replayed.
    """

    finished: Original = kept(Drawing, "drawing", STANDS, DRAWING, also=("digit",))
    live: Stroke | None = None
    waiting: Original | None = None
    dragged: Picture | None = None
    replayed: Drawing | None = None

    @cached_property
    def shown(self) -> Original:
        """What is seen: the stroke being made included, or what is replayed."""
        if self.replayed is not None:
            return self.replayed
        if self.dragged is not None:
            return self.dragged
        return self.finished if self.live is None else self.finished.with_stroke(self.live)

    @property
    def read(self) -> Original:
        """What is read: what is seen, but for a box that is still being dragged, as to find the ink
        in one takes longer than a move of the hand."""
        return self.finished if self.shown is self.dragged else self.shown

    @property
    def pen_is_down(self) -> bool:
        """Whether a stroke is being made."""
        return self.live is not None

    @property
    def is_whole(self) -> bool:
        """Whether what is seen is all that was drawn, and no part of it on the way there."""
        return self.live is None and self.replayed is None


Step = tuple[Original, Experiment]
"""What lay on the canvas, and what was done to it in the lab."""


@frozen(eq=False)
class Past:
    """The steps that can be undone, and those that can be redone; the next one is last.

    turning: the control by which the newest step is still being made, "" for none; for as long as
    it is turned, and nothing else happens, all of it is one step.
    """

    undone_next: tuple[Step, ...] = ()
    redone_next: tuple[Step, ...] = ()
    turning: str = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self.undone_next)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and can be made again."""
        return bool(self.redone_next)

    def with_step(self, drawing: Original, experiment: Experiment) -> Past:
        """Add a step; what was undone before it cannot be redone."""
        return Past((*self.undone_next[1 - MAX_PAST :], (drawing, experiment)))


@frozen
class Pointed:
    """The row and the unit looked at. Hovering wins over what is pinned; without either, the whole
    picture is looked at, and the unit suggested by the reading.

    rows: how many rows there are. Rows are counted from 0 at the top. stays, unit_stays: what is
    pinned; or a rule by which the next reading finds it, and till then there is none. playing:
    whether the row moves on by itself.
    """

    rows: int = ROWS
    stays: int | str | None = kept(None, "row", STANDS | Document.RENDER, ROW)
    hovered: int | None = None
    unit_stays: Unit | RuledUnit | None = kept(None, "unit", STANDS | Document.RENDER, UNIT)
    hovered_unit: Unit | None = None
    suggested_unit: Unit | None = None
    playing: bool = kept(False, "play", Document.LESSON, FLAG)

    @property
    def pinned(self) -> int | None:
        """The row that stays when the pointer leaves."""
        return self.stays if isinstance(self.stays, int) else None

    @property
    def pinned_unit(self) -> Unit | None:
        """The unit that stays when the pointer leaves."""
        return self.unit_stays if isinstance(self.unit_stays, Unit) else None

    @property
    def row(self) -> int | None:
        """The row looked at; None is the whole picture."""
        return self.pinned if self.hovered is None else self.hovered

    @property
    def unit(self) -> Unit | None:
        """The unit looked at, if there is any."""
        return self.hovered_unit or self.pinned_unit or self.suggested_unit

    def without_second(self) -> Pointed:
        """The same with nothing of the second model, which is another one now, or gone."""
        pinned = self.unit_stays
        if isinstance(pinned, Unit) and pinned.model > 0:
            pinned = None
        return replace(self, unit_stays=pinned, hovered=None, hovered_unit=None)

    def within(self, rows: int, units: Units | None = None) -> Pointed:
        """The same in a picture of so many rows: a row beyond them is not pointed at; nor, where
        `units` says what the models have, a unit that is none of theirs."""

        def row(at: int | None) -> int | None:
            return at if at is not None and 0 <= at < rows else None

        def unit(of: Unit | None) -> Unit | None:
            return of if of is None or units is None or of.is_in(units) else None

        stays, unit_stays = self.stays, self.unit_stays
        return replace(
            self,
            rows=rows,
            stays=stays if isinstance(stays, str) else row(stays),
            hovered=row(self.hovered),
            unit_stays=unit_stays if isinstance(unit_stays, RuledUnit) else unit(unit_stays),
            hovered_unit=unit(self.hovered_unit),
            suggested_unit=unit(self.suggested_unit),
        )


@frozen
class Views:
    """What the row views show.

    shown: the optional ones that are there, by their names in `app.view_table`. target: the class
    that gradients are of. layers: those that show something else than they do at first. line,
    columns: in the panel of the unit, the letter of the equation that is marked, "" for the first
    gate's; and whether what the unit was row by row stands there alone. lab_layer: the layer
    that the lab changes.
    """

    shown: frozenset[str] = frozenset()
    target: Target = kept("answer", "target", Document.DESK | Document.RECOVERY, TARGET)
    layers: tuple[LayerShown, ...] = kept((), "layers", STANDS, LAYERS, also=("shows",))
    line: str = kept("", "line", STANDS, TEXT)
    columns: bool = kept(False, "columns", STANDS, FLAG)
    lab_layer: int = 0

    @property
    def gradient_of(self) -> Target | None:
        """The class whose gradient is worked out: none while nothing of it is shown."""
        return self.target if self.shown & {"gradient", "saliency"} else None

    def within(self, units: Units) -> Views:
        """The same, of models with such layers: what others show is forgotten."""
        layers = tuple(each for each in self.layers if there_is(units, each.model, each.layer))
        lab_layer = self.lab_layer if there_is(units, 0, self.lab_layer) else 0
        return replace(self, layers=layers, lab_layer=lab_layer)

    def layer(self, model: int, layer: int) -> LayerShown:
        """What the view of that layer shows."""
        found = (each for each in self.layers if (each.model, each.layer) == (model, layer))
        return next(found, LayerShown(model, layer))


DREAMS = 10
"""Pictures that are written from nothing: of each digit one."""

_WRITES = STANDS | Document.RENDER


@frozen
class Writing:
    """What the writer is asked for, while the desk is there for that: then the sheet is ruled.

    dream: whether it writes from nothing, picture after picture, in place of ending what is begun.
    label: the class that it is told, None for none. temperature, seed: see `core.writing.Wish`.
    picture: the number of the one pointed at, of those that it wrote, from 0; None for none.
    """

    on: bool = kept(False, "writing", _WRITES, FLAG)
    dream: bool = kept(False, "dream", _WRITES, FLAG)
    label: int | None = kept(None, "write_as", _WRITES, CLASS)
    temperature: float = kept(
        0.7, "temperature", _WRITES, number(LEAST_TEMPERATURE, MOST_TEMPERATURE)
    )
    seed: int = kept(0, "seed", _WRITES, SEED)
    picture: int | None = None

    @property
    def dreams(self) -> bool:
        """Whether what is looked at is written from nothing."""
        return self.on and self.dream

    @property
    def ends(self) -> bool:
        """Whether what is begun is ended."""
        return self.on and not self.dream

    @property
    def looked_at(self) -> int | None:
        """The number of the picture that is looked at; of dreams always one."""
        return 0 if self.picture is None and self.dream else self.picture

    @property
    def next_dream(self) -> int | None:
        """The number of the picture after the one looked at; None after the last one."""
        after = 0 if self.looked_at is None else self.looked_at + 1
        return after if after < DREAMS else None


@frozen
class Models:
    """The models that read, the first and perhaps a second one beside it, and the device that they
    are wanted on.

    units: how many each layer of each of them has. alterable: whether the lab can change what the
    first one's network does.
    """

    first: ModelChoice | None = kept(None, "model", STANDS | Document.RENDER, MODEL)
    second: ModelChoice | None = kept(None, "compare", STANDS | Document.RENDER, MODEL)
    device: str = kept("cpu", "device", Document.SETTINGS | Document.RENDER, TEXT)
    units: Units = ()
    alterable: bool = False


@frozen
class Teaching:
    """The lesson that is given, if one is, and the desk as it stood before.

    steps: how many the lesson has. phase: whether the step is due, put up and not read yet, or
    stands as it says. lent: what the lesson put on the canvas, or what lay there as it began. unit:
    the one that was pointed at when the step stood. chosen: another one, that the person chose.
    found: the units that a step's rule was found to mean, by the step's model and what it says.
    ask, hide: what the step asks, and what it hides till that is answered; None for `hide` is what
    the question hides by itself. reply: what was answered, once it was. row: the one that was
    looked at when the step stood.
    """

    place: LessonPlace | None = kept(None, "lesson", Document.RECOVERY, LESSON)
    steps: int = 0
    before: AppState | None = None
    phase: Literal["due", "put up", "stands"] = "due"
    lent: Original | None = None
    unit: Unit | None = None
    chosen: Unit | None = None
    found: tuple[tuple[object, Unit], ...] = ()
    ask: Question | None = kept(None, "ask", Document.LESSON, QUESTION)
    hide: frozenset[str] | None = kept(None, "hide", Document.LESSON, HIDDEN)
    reply: Reply | None = None
    row: int | None = None

    @property
    def asks(self) -> Question | None:
        """The question that waits for its answer."""
        return self.ask if self.reply is None else None

    @property
    def hidden(self) -> frozenset[str]:
        """What is hidden now; see `core.questions.HIDEABLE`. Without a question, for the whole
        step."""
        if self.reply is not None:
            return frozenset()
        if self.hide is not None:
            return self.hide
        return frozenset() if self.ask is None else HIDES[self.ask.kind]

    def found_for(self, step: AppState) -> Unit | None:
        """The unit that the step speaks of, if it was come to before."""
        return dict(self.found).get((step.models.first, step.pointed.unit_stays))

    def with_found(self, step: AppState, unit: Unit) -> Teaching:
        """The same, with that unit as the one the step speaks of, unless there is one."""
        if self.found_for(step) is not None:
            return self
        key = (step.models.first, step.pointed.unit_stays)
        return replace(self, found=(*self.found, (key, unit)))


@frozen
class Collecting:
    """The drawings of a class, each with what it was meant to be, as one file has them.

    on: whether drawings are asked for. file: its path, "" as long as there is none. prompted:
    whether it is said what is to be drawn; else what was drawn is asked. classes: what there is to
    draw. prompt: the one that is due. writer: the pseudonym of who draws, "" for nobody's.
    drawings: all of them, in the order of the file. past: what they were before each step, the next
    to be undone last.
    """

    on: bool = False
    file: str = kept("", "collection", Document.SETTINGS, TEXT)
    prompted: bool = kept(True, "collection_prompts", Document.SETTINGS, FLAG)
    classes: tuple[str, ...] = ()
    prompt: str = ""
    writer: str = ""
    drawings: tuple[Drawing, ...] = ()
    past: tuple[tuple[Drawing, ...], ...] = ()


@frozen
class Authoring:
    """A lesson that a person makes, if one does, and the file that it is in.

    step: the one that is edited, from 0. past: the lesson, and the step, before each change of its
    steps, the next to be undone last.
    """

    file: str = ""
    draft: Draft | None = None
    step: int = 0
    past: tuple[tuple[Draft, int], ...] = ()

    @property
    def now(self) -> Mapping[str, Any] | None:
        """The step that is edited."""
        return None if self.draft is None else self.draft.steps[self.step]


@frozen
class Look:
    """How the window looks, and what its tools are."""

    theme: str = kept(SYSTEM, "theme", Document.SETTINGS | Document.RENDER, TEXT)
    language: str = kept("", "language", Document.SETTINGS | Document.RENDER, TEXT, also=("lang",))
    tool: Tool = "ink"
    pen_width: str = kept("normal", "pen_width", Document.SETTINGS, one_of(*PENS))
    speed: str = kept("1", "speed", Document.SETTINGS, one_of(*SPEEDS))
    unsure_below: float = kept(0.5, "unsure_below", Document.SETTINGS, number(0, 1))


@frozen
class Layout:
    """Where the window and what is in it are, in Qt's own words; empty is as they are at first.

    panel: the names of the panels that are open, those last that lie before others; None as long as
    nobody has seen them, and in a document that says nothing of them.
    """

    panel: str | None = kept(None, "panel", STANDS, TEXT)
    geometry: bytes = kept(b"", "geometry", Document.SETTINGS, BYTES)
    panels: bytes = kept(b"", "panels", Document.SETTINGS | Document.RECOVERY, BYTES)
    columns: bytes = kept(b"", "columns", Document.SETTINGS, BYTES)


@frozen
class Personal:
    """What is a person's own, and in no document that goes to others.

    recent: the files of models that were opened lately, the newest first. recover: whether the desk
    comes back after a crash. seconds, mebibytes: see `app.limits.Limits`.
    """

    folder: str = kept("", "folder", Document.SETTINGS, TEXT)
    recent: tuple[str, ...] = kept((), "recent", Document.SETTINGS, RECENT)
    recover: bool = kept(True, "recover", Document.SETTINGS, FLAG)
    seconds: float = kept(20.0, "examination_seconds", Document.SETTINGS, number(1, 3600))
    mebibytes: float = kept(2048, "examination_mebibytes", Document.SETTINGS, number(64, 2**20))

    @property
    def limits(self) -> Limits:
        """What an engine process that runs somebody else's file may take."""
        return Limits(self.seconds, mebibytes=int(self.mebibytes))


@frozen
class AppState:
    """All of it. `lab` is the experiment done to the picture and to the first model."""

    canvas: Canvas = field(default_factory=Canvas)
    lab: Experiment = kept(Experiment, "lab", STANDS, LAB)
    past: Past = field(default_factory=Past)
    pointed: Pointed = field(default_factory=Pointed)
    views: Views = field(default_factory=Views)
    writing: Writing = field(default_factory=Writing)
    models: Models = field(default_factory=Models)
    teaching: Teaching = field(default_factory=Teaching)
    collecting: Collecting = field(default_factory=Collecting)
    authoring: Authoring = field(default_factory=Authoring)
    look: Look = field(default_factory=Look)
    layout: Layout = field(default_factory=Layout)
    personal: Personal = field(default_factory=Personal)

    def hides(self, what: str) -> bool:
        """Whether the lesson's step hides that, of `core.questions.HIDEABLE`."""
        return what in self.teaching.hidden

    @property
    def unread_from(self) -> int | None:
        """The first of the rows that are hidden as they are not read yet; None where none is. A
        question holds the reading where it is; without one, and in playing, it goes on with the
        row that is pinned."""
        teaching, at = self.teaching, self.pointed.pinned
        if self.hides("unread") and teaching.asks is not None:
            at = teaching.row if teaching.phase == "stands" else -1
        elif not self.pointed.playing and not self.hides("unread"):
            return None
        return None if at is None else at + 1

    def is_stroke_of(self, before: AppState) -> bool:
        """Whether all that is otherwise than before is that the stroke being made has grown."""
        now, then = self.canvas, before.canvas
        return (
            now.live is not None
            and then.live is not None
            and now.finished is then.finished
            and now.waiting is then.waiting
            and now.replayed is then.replayed
            and all(getattr(self, each) is getattr(before, each) for each in _BESIDE_THE_CANVAS)
        )

    def with_step(self) -> AppState:
        """The same, with what is now as a step that can be undone."""
        return replace(self, past=self.past.with_step(self.canvas.finished, self.lab))


_BESIDE_THE_CANVAS = tuple(each.name for each in fields(AppState) if each.name != "canvas")
