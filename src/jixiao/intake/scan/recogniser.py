"""Pictures of text lines into characters, each with its certainty and the second-best guess.

The network (PP-OCRv6, the small recogniser) lies as a file inside the rapidocr package; only the
file is used. It runs straight through onnxruntime on one thread, offline, and its table of
characters is part of the file. Decoding is greedy: what the network saw, never a dictionary's
opinion.
"""

import importlib.util
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Picture = np.ndarray[Any, np.dtype[np.integer[Any] | np.floating[Any]]]
Singles = NDArray[np.float32]

HEIGHT = 48
#: One step of the network's output is so many columns of its input.
STEP = 8
_MODEL = "models/PP-OCRv6_rec_small.onnx"
#: Narrower pictures than this give the network too little to go by; they are filled up.
_NARROWEST = 48
#: Lines longer than any page is wide are drawings.
_WIDEST = 4800
#: Columns of one batch with its filling; wider batches only cost memory.
_BATCH_COLUMNS = 2400
#: A line joins a batch of wider ones when it fills this share of their width.
_ALIKE = 0.85
_BLANK = 0
#: A step that is blank by less than this may hide a character.
_SURELY_BLANK = 0.75


class Character(Struct, frozen=True, gc=False):
    """One character seen: how sure, where on the line (share of the width), what else it may be."""

    text: str
    certainty: float
    place: float
    other: str
    other_certainty: float


class Seen(Struct, frozen=True):
    """A line as recognised. `missed` are places where a character may have been passed over."""

    characters: tuple[Character, ...]
    missed: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        return "".join(character.text for character in self.characters)

    @property
    def certainty(self) -> float:
        """The mean certainty of the characters; 0 where nothing was seen."""
        if not self.characters:
            return 0.0
        return sum(one.certainty for one in self.characters) / len(self.characters)


class _Engine(Struct, frozen=True):
    session: Any
    name: str
    alphabet: tuple[str, ...]


def recognise(lines: Sequence[Picture]) -> list[Seen]:
    """Read the lines, in the order given. Lines are grey, black on white."""
    engine = _engine()
    ready = [_scaled(line) for line in lines]
    seen: list[Seen] = [Seen(())] * len(lines)
    for batch in _batches([picture.shape[1] for picture in ready]):
        width = max(ready[index].shape[1] for index in batch)
        tensor = np.zeros((len(batch), 3, HEIGHT, width), dtype=np.float32)
        for place, index in enumerate(batch):
            picture = ready[index]
            tensor[place, :, :, : picture.shape[1]] = picture.astype(np.float32) / 127.5 - 1
        (steps,) = engine.session.run(None, {engine.name: tensor})
        for place, index in enumerate(batch):
            own = -(-ready[index].shape[1] // STEP)
            seen[index] = _decoded(steps[place, :own], engine.alphabet)
    return seen


@cache
def _engine() -> _Engine:
    import onnxruntime  # noqa: PLC0415 - loads slowly; only a page with writing needs it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(model_file()), options, providers=["CPUExecutionProvider"]
    )
    letters = session.get_modelmeta().custom_metadata_map["character"].split("\n")
    return _Engine(session, session.get_inputs()[0].name, ("", *letters, " "))


def model_file() -> Path:
    """Where the recogniser lies; the package around it is found, not imported."""
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError("rapidocr", name="rapidocr")
    return Path(next(iter(spec.submodule_search_locations))) / _MODEL


def _scaled(line: Picture) -> Picture:
    height, width = line.shape[:2]
    wanted = min(max(round(width * HEIGHT / height), _NARROWEST), _WIDEST)
    natural = min(max(round(width * HEIGHT / height), 1), wanted)
    way = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_LINEAR
    scaled: Picture = cv2.resize(line, (natural, HEIGHT), interpolation=way)
    if natural == wanted:
        return scaled
    filled: Picture = np.full((HEIGHT, wanted), 255, dtype=np.uint8)
    filled[:, :natural] = scaled
    return filled


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Lines of like width together, as many as the columns of a batch allow."""
    batch: list[int] = []
    widest = 0
    for index in sorted(range(len(widths)), key=widths.__getitem__, reverse=True):
        full = (len(batch) + 1) * widest > _BATCH_COLUMNS
        if batch and (full or widths[index] < _ALIKE * widest):
            yield batch
            batch = []
        if not batch:
            widest = widths[index]
        batch.append(index)
    if batch:
        yield batch


def _decoded(steps: Singles, alphabet: Sequence[str]) -> Seen:
    """Greedy reading: the likeliest sign of each step, repeats and blanks dropped."""
    best = steps.argmax(axis=1)
    certain = steps[np.arange(len(steps)), best]
    count = len(steps)
    characters: list[Character] = []
    missed = _missed(steps, best, certain, alphabet)
    starts = np.flatnonzero((best != _BLANK) & (np.append(True, best[1:] != best[:-1])))
    for start in starts.tolist():
        end = start + 1
        while end < count and best[end] == best[start]:
            end += 1
        peak = start + int(certain[start:end].argmax())
        row = steps[peak].copy()
        row[[_BLANK, best[start]]] = 0
        second = int(row.argmax())
        characters.append(
            Character(
                alphabet[best[start]],
                float(certain[peak]),
                (start + end) / 2 / count,
                alphabet[second],
                float(row[second]),
            )
        )
    return Seen(tuple(characters), missed)


def _missed(
    steps: Singles, best: NDArray[np.intp], certain: Singles, alphabet: Sequence[str]
) -> tuple[float, ...]:
    """Steps that are blank by little and might be a character none of the neighbours is."""
    found = []
    for at in np.flatnonzero((best == _BLANK) & (certain < _SURELY_BLANK)).tolist():
        row = steps[at].copy()
        row[_BLANK] = 0
        second = int(row.argmax())
        near = best[max(at - 2, 0) : at + 3]
        if alphabet[second] != " " and second not in near:
            found.append((at + 0.5) / len(steps))
    return tuple(found)
