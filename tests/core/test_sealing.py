"""Secrets of other servers lie sealed in the database, each for one purpose, and outlive a change of the site's key."""

import pytest

from handrail.core.sealing import CannotUnseal, seal, unseal


def test_only_the_same_purpose_opens_what_was_sealed():
    sealed = seal("비밀 번호", purpose="sending:1")
    assert unseal(sealed, purpose="sending:1") == "비밀 번호"
    assert "비밀" not in sealed and sealed != seal("비밀 번호", purpose="sending:1")
    with pytest.raises(CannotUnseal):
        unseal(sealed, purpose="sending:2")
    assert seal("", purpose="x") == unseal("", purpose="x") == ""


def test_one_changed_letter_is_noticed():
    sealed = seal("secret", purpose="p")
    for at in (10, len(sealed) - 3):
        other = "A" if sealed[at] != "A" else "B"
        with pytest.raises(CannotUnseal):
            unseal(sealed[:at] + other + sealed[at + 1 :], purpose="p")


def test_a_former_key_still_opens_and_an_unknown_one_does_not(settings):
    settings.SECRET_KEY = "the first key of this site"
    sealed = seal("secret", purpose="p")
    settings.SECRET_KEY = "the second key of this site"
    with pytest.raises(CannotUnseal):
        unseal(sealed, purpose="p")
    settings.SECRET_KEY_FALLBACKS = ["the first key of this site"]
    assert unseal(sealed, purpose="p") == "secret"
