"""The constants of an ONNX file, without the onnx package: the few protobuf fields that hold them.

onnx.proto3: ModelProto.graph is field 7, GraphProto.initializer 5; of TensorProto dims is 1, data_type 2, name 8,
raw_data 9.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

GRAPH, INITIALIZER = 7, 5
DIMS, TYPE, NAME, RAW = 1, 2, 8, 9
TYPES = {1: "<f4", 3: "i1", 7: "<i8"}
BYTES_OF = {1: 8, 5: 4}  # wire type -> size of a fixed field
LENGTH, VARINT = 2, 0


def tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Name -> array of every constant of a number type in the file. Raises ValueError where the file is no ONNX model."""
    data = memoryview(path.read_bytes())
    found = {}
    for graph in _within(data, GRAPH):
        for tensor in _within(graph, INITIALIZER):
            name, array = _tensor(tensor)
            if array is not None:
                found[name] = array
    if not found:
        raise ValueError(f"{path.name} holds no constants of an ONNX model.")
    return found


def _tensor(data: memoryview) -> tuple[str, NDArray[Any] | None]:
    dims: list[int] = []
    kind, name, raw = 0, "", memoryview(b"")
    for field, value in _fields(data):
        if field == DIMS:
            dims += [value] if isinstance(value, int) else list(_varints(value))
        elif field == TYPE and isinstance(value, int):
            kind = value
        elif field == NAME and not isinstance(value, int):
            name = str(value, "utf-8")
        elif field == RAW and not isinstance(value, int):
            raw = value
    if kind not in TYPES:
        return name, None
    return name, np.frombuffer(raw, TYPES[kind]).reshape(dims)


def _within(data: memoryview, wanted: int) -> Iterator[memoryview]:
    for field, value in _fields(data):
        if field == wanted and not isinstance(value, int):
            yield value


def _fields(data: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        field, wire = key >> 3, key & 7
        if wire == VARINT:
            value, at = _varint(data, at)
            yield field, value
        elif wire == LENGTH:
            size, at = _varint(data, at)
            yield field, data[at : at + size]
            at += size
        elif wire in BYTES_OF:
            at += BYTES_OF[wire]
        else:
            raise ValueError(f"Wire type {wire} is no protobuf of today.")


def _varints(data: memoryview) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _varint(data, at)
        yield value


def _varint(data: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at += 1
        if byte < 0x80:
            return value, at
        shift += 7
