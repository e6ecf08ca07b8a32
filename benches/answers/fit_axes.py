"""Finds along which directions the pieces of English questions differ most: handrail/answers/encoders/minilm_axes.npy.

    python benches/answers/fit_axes.py FOLDER... [--write]

Each folder is a labelled set (see docs/operators/answers.md); only the questions of its split "train" are read, as many of each.
Prints which share of all differences the directions kept hold.
"""

# ruff: noqa: E402 - Django is set up before the rooms are imported

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")

import django

django.setup()

import numpy as np

from handrail.answers.encoder import PIECE_WIDTH
from handrail.answers.encoders.minilm import AXES, WIDTH, MiniLM
from handrail.answers.evaluation.questions import read
from handrail.answers.normalise import normalise

QUESTIONS_EACH = 1_500


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    encoder, together = MiniLM(), np.zeros((WIDTH, WIDTH))
    for folder in options.folders:
        train = read(folder).train
        for asked in train[:: max(1, len(train) // QUESTIONS_EACH)]:
            rows = encoder.as_it_says(normalise(asked.question))[1:-1]
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            together += rows.T @ rows
    sizes, directions = np.linalg.eigh(together)
    kept = directions[:, ::-1][:, :PIECE_WIDTH]
    print(
        f"{100 * sizes[::-1][:PIECE_WIDTH].sum() / sizes.sum():.1f} % in {PIECE_WIDTH} of {WIDTH} directions"
    )
    if options.write:
        np.save(AXES, kept.astype(np.float16))


if __name__ == "__main__":
    main()
