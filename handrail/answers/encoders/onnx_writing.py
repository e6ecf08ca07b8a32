"""An ONNX model written without the onnx package: the few protobuf messages that a graph of known nodes needs.

Field numbers are those of onnx.proto3. Wire types: 0 varint, 2 bytes with their length, 5 four bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

IR_VERSION, OPSET = 9, 17
MICROSOFT = "com.microsoft"
TYPES = {np.dtype(np.float32): 1, np.dtype(np.int8): 3}
FLOAT, ATTRIBUTE_FLOAT, ATTRIBUTE_INT = 1, 1, 2


def node(
    kind: str, inputs: Sequence[str], outputs: Sequence[str], *, domain: str = "", **attributes: float
) -> bytes:
    """One node; whole attributes are written as integers, others as floats."""
    parts = [_text(1, name) for name in inputs] + [_text(2, name) for name in outputs]
    parts += [_text(4, kind)] + [_bytes(5, _attribute(name, value)) for name, value in attributes.items()]
    return b"".join([*parts, _text(7, domain)])


def model(
    nodes: Sequence[bytes], constants: dict[str, NDArray[Any]], *, reads: str, says: str, width: int
) -> bytes:
    """A model that turns `reads` (1, any, width) into `says`, of the same shape."""
    graph = [_bytes(1, each) for each in nodes] + [_text(2, "handrail")]
    graph += [_bytes(5, _tensor(name, array)) for name, array in constants.items()]
    graph += [_bytes(11, _value(reads, width)), _bytes(12, _value(says, width))]
    opsets = [
        _bytes(8, _text(1, domain) + _int(2, version)) for domain, version in (("", OPSET), (MICROSOFT, 1))
    ]
    return b"".join([_int(1, IR_VERSION), _bytes(7, b"".join(graph)), *opsets])


def _attribute(name: str, value: float) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _int(3, value) + _int(20, ATTRIBUTE_INT)
    return _text(1, name) + _key(2, 5) + struct.pack("<f", value) + _int(20, ATTRIBUTE_FLOAT)


def _tensor(name: str, array: NDArray[Any]) -> bytes:
    dims = b"".join(_int(1, size) for size in array.shape)
    return (
        dims + _int(2, TYPES[array.dtype]) + _text(8, name) + _bytes(9, np.ascontiguousarray(array).tobytes())
    )


def _value(name: str, width: int) -> bytes:
    dims = [_int(1, 1), _text(2, "pieces"), _int(1, width)]
    shape = b"".join(_bytes(1, each) for each in dims)
    return _text(1, name) + _bytes(2, _bytes(1, _int(1, FLOAT) + _bytes(2, shape)))


def _key(field: int, wire: int) -> bytes:
    return _varint(field << 3 | wire)


def _int(field: int, value: int) -> bytes:
    return _key(field, 0) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _bytes(field: int, value: bytes) -> bytes:
    return _key(field, 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
