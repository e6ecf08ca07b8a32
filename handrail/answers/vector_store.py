"""Every vector of a host once, on disk: processes map the same files, so memory holds them once for web and worker.

A vector belongs to a text and a model and never changes, so records are only ever added. Two forms of each are kept:
the whole one in half precision, read for the few rows that matter, and a short one (96 numbers, along the directions in
which vectors differ most) that is looked through for every question: a fifth of the work. Whatever came near by its
short form is measured again by the whole one.

    basis.f4    SHORT * dimensions floats, made from the first records and then kept
    whole.f2    dimensions half floats a record
    short.f4    SHORT floats a record
    hashes.u8   the first 64 bits of the text's hash; written last, so its length says how many records are whole
"""

from __future__ import annotations

import fcntl
import mmap
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SHORT = 96
BASIS_FROM = 20_000  # records
SCANNED_AT_ONCE = 50_000  # records; what is worked on stays small

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class View:
    """Records as they were at one moment, mapped from disk."""

    _pages: mmap.mmap | None
    _whole: Halves
    _short: Floats
    _basis: Floats

    def scan(self, vector: Floats) -> Floats:
        """About how near each record is: the cosine as far as the short forms tell."""
        return self._short @ (self._basis @ vector)  # type: ignore[no-any-return]

    def exact(self, places: Ints, vector: Floats) -> Floats:
        """The cosine of these records."""
        return self.whole(places) @ vector  # type: ignore[no-any-return]

    def whole(self, places: Ints) -> Floats:
        found = self._whole[places].astype(np.float32)
        if self._pages is not None:
            # A few rows are read, and the system maps their neighbours along: in the end the whole file, a process.
            self._pages.madvise(mmap.MADV_DONTNEED)
        return found


class VectorStore:
    """The records in `folder`. Safe between processes; within one process the caller lets one thread at a time append."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._folder, self._dimensions = folder, dimensions
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._sorted: Hashes = np.empty(0, np.uint64)
        self._order: Ints = np.empty(0, np.int64)
        self._count = 0
        self._pages: mmap.mmap | None = None
        self._whole: Halves = np.empty((0, dimensions), np.float16)
        self._short: Floats = np.empty((0, SHORT), np.float32)
        self._basis: Floats = np.zeros((SHORT, dimensions), np.float32)
        self._open()

    def __len__(self) -> int:
        return self._count

    def places(self, hashes: Hashes) -> Ints:
        """The record of each hash; -1 where there is none."""
        if not len(self._sorted):
            return np.full(len(hashes), -1, np.int64)
        at = np.minimum(np.searchsorted(self._sorted, hashes), len(self._sorted) - 1)
        return np.where(self._sorted[at] == hashes, self._order[at], -1)

    def append(self, hashes: Hashes, vectors: Halves) -> None:
        """Add records; those that another process added meanwhile are left out. Raises OSError where the disk is full."""
        with self._writing():
            self._open()
            fresh = np.unique(hashes, return_index=True)[1]
            fresh = fresh[self.places(hashes[fresh]) < 0]
            if not len(fresh):
                return
            if not self._path("basis.f4").exists():
                self._path("basis.f4").write_bytes(_basis(vectors).tobytes())
            basis = np.fromfile(self._path("basis.f4"), np.float32).reshape(SHORT, self._dimensions)
            for start in range(0, len(fresh), SCANNED_AT_ONCE):
                part = fresh[start : start + SCANNED_AT_ONCE]
                whole = vectors[part]
                self._add("whole.f2", whole)
                self._add("short.f4", whole.astype(np.float32) @ basis.T)
                self._add("hashes.u8", hashes[part])
                self._count += len(part)
            self._open()

    def view(self) -> View:
        """The records there are now; it stays as it is when others are added."""
        return View(self._pages, self._whole, self._short, self._basis)

    def _open(self) -> None:
        size = self._size("hashes.u8") // 8
        if not size or (size == self._count and size == len(self._sorted)):
            return
        hashes = np.fromfile(self._path("hashes.u8"), np.uint64, count=size)
        self._order = np.argsort(hashes)
        self._sorted = hashes[self._order]
        with self._path("whole.f2").open("rb") as file:
            self._pages = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._whole = np.ndarray((size, self._dimensions), np.float16, buffer=self._pages)
        self._short = np.memmap(self._path("short.f4"), np.float32, "r", shape=(size, SHORT)).view(np.ndarray)
        self._basis = np.fromfile(self._path("basis.f4"), np.float32).reshape(SHORT, self._dimensions)
        self._count = size

    def _add(self, name: str, rows: NDArray[np.generic]) -> None:
        row_bytes = rows.itemsize * (rows.shape[1] if rows.ndim == 2 else 1)
        with self._path(name).open("ab") as file:
            # What a crash left behind half written is overwritten.
            file.truncate(self._count * row_bytes)
            file.seek(0, os.SEEK_END)
            file.write(np.ascontiguousarray(rows).tobytes())

    def _size(self, name: str) -> int:
        path = self._path(name)
        return path.stat().st_size if path.exists() else 0

    def _path(self, name: str) -> Path:
        return self._folder / name

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._path("lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _basis(vectors: Halves) -> Floats:
    """The SHORT directions in which these vectors differ most: (SHORT, dimensions), rows of length one."""
    sample = vectors[:: max(1, len(vectors) // BASIS_FROM)].astype(np.float32)
    _values, directions = np.linalg.eigh(sample.T @ sample)
    return np.ascontiguousarray(directions.T[::-1][:SHORT], dtype=np.float32)
