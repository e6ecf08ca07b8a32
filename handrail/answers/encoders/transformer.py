"""BERT's transformer (Vaswani et al. 2017; Devlin et al. 2019) over pieces that are already embedded, by onnxruntime.

Weights are 8-bit numbers with a scale for each output, activations are made 8-bit as they come (DynamicQuantizeMatMul):
four times less to read from memory, which is what one short question costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handrail.answers.encoders.onnx_writing import MICROSOFT, model, node

Floats = NDArray[np.float32]
Linear = tuple[Floats, Floats]  # weights (in, out), bias (out,)
Norm = tuple[Floats, Floats]  # scale and shift of a layer normalisation


@dataclass(frozen=True)
class Layer:
    """`attend` makes query, key and value side by side; `join` puts the heads together."""

    attend: Linear
    join: Linear
    join_norm: Norm
    widen: Linear
    narrow: Linear
    narrow_norm: Norm


class Transformer:
    """Layers of one width, loaded into one session of one thread."""

    def __init__(self, layers: list[Layer], *, heads: int, epsilon: float) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One thread each: a second would take the core that answers the next question.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(
            _written(layers, heads, epsilon), options, providers=["CPUExecutionProvider"]
        )

    def read(self, embedded: Floats) -> Floats:
        """What comes out for the pieces of one text, (pieces, width)."""
        return np.asarray(self._session.run(None, {"in": embedded[None]})[0][0], np.float32)

    def meaning(self, embedded: Floats) -> Floats:
        """The mean of what comes out for the pieces of one text, of length one."""
        return middle(self.read(embedded))


def middle(read: Floats) -> Floats:
    """The mean of rows, of length one."""
    mean = read.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


def normed(x: Floats, norm: Norm, *, epsilon: float) -> Floats:
    """Layer normalisation of rows."""
    x = x - x.mean(-1, keepdims=True)
    x /= np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(epsilon))
    return np.asarray(x * norm[0] + norm[1], np.float32)


def _written(layers: list[Layer], heads: int, epsilon: float) -> bytes:
    nodes: list[bytes] = []
    constants: dict[str, NDArray[Any]] = {}
    at = "in"
    for number, layer in enumerate(layers):
        at = _layer(nodes, constants, layer, at, f"{number}.", heads, epsilon)
    width = len(layers[0].narrow_norm[0])
    return model(nodes, constants, reads="in", says=at, width=width)


def _layer(
    nodes: list[bytes],
    constants: dict[str, NDArray[Any]],
    layer: Layer,
    at: str,
    own: str,
    heads: int,
    epsilon: float,
) -> str:
    """Add one layer that reads `at`; returns the name of what it says."""

    def linear(reads: str, says: str, weights: Linear) -> None:
        matrix, bias = weights
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-9).astype(np.float32) / np.float32(127)
        parts = {"w": np.round(matrix / scale).astype(np.int8), "s": scale}
        parts |= {"z": np.zeros(len(scale), np.int8), "b": np.asarray(bias, np.float32)}
        constants.update({f"{says}.{name}": array for name, array in parts.items()})
        names = [reads, *(f"{says}.{name}" for name in parts)]
        nodes.append(node("DynamicQuantizeMatMul", names, [says], domain=MICROSOFT))

    def joined(reads: str, skips: str, says: str, norm: Norm) -> None:
        constants.update({f"{says}.g": norm[0], f"{says}.h": norm[1]})
        names = [reads, skips, f"{says}.g", f"{says}.h"]
        nodes.append(node("SkipLayerNormalization", names, [says], domain=MICROSOFT, epsilon=epsilon))

    three = [f"{own}{name}" for name in ("query", "key", "value")]
    linear(at, f"{own}attend", layer.attend)
    nodes.append(node("Split", [f"{own}attend"], three, axis=2))
    nodes.append(node("MultiHeadAttention", three, [f"{own}seen"], domain=MICROSOFT, num_heads=heads))
    linear(f"{own}seen", f"{own}join", layer.join)
    joined(f"{own}join", at, f"{own}joined", layer.join_norm)
    linear(f"{own}joined", f"{own}wide", layer.widen)
    nodes.append(node("Gelu", [f"{own}wide"], [f"{own}bent"], domain=MICROSOFT))
    linear(f"{own}bent", f"{own}narrow", layer.narrow)
    joined(f"{own}narrow", f"{own}joined", f"{own}out", layer.narrow_norm)
    return f"{own}out"
