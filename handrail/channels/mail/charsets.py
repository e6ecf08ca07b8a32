"""Bytes to readable text, whatever the mail says about them: Korean mail says wrong things daily."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata

# The names on the left are used for more than they mean; the codec on the right reads all of it.
WIDER = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "utf8": "utf-8",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "ksc_5601": "cp949",
    "ks-c-5601-1987": "cp949",
    "korean": "cp949",
    "euc-kr": "cp949",
    "euc_kr": "cp949",
    "euckr": "cp949",
    "x-windows-949": "cp949",
    "windows-949": "cp949",
    "ms949": "cp949",
    "uhc": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_2",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "default": "utf-8",
}

HANGUL = re.compile("[가-힣]")
UNNAMED = "x-unnamed"  # no codec has this name
KANA = re.compile("[ぁ-ヿ]")
# The charset may be missing, and a word cut off at the end of its line never closes.
ENCODED_WORD = re.compile(r"=\?([^?\n*]{0,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]{0,4000})(?:\?=|\?$|$)")
WESTERN = {"cp1252", "cp1250", "iso-8859-15", "windows-1252"}
# What Python knows beside charsets: some of it is costly, none of it is how a mail is written.
NO_CHARSETS = {
    "idna",
    "punycode",
    "unicode_escape",
    "raw_unicode_escape",
    "undefined",
    "mbcs",
    "oem",
    "charmap",
}
JAPANESE = re.compile(rb"\x1b\$[@B]")
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def decode(data: bytes, charset: str = "") -> str:
    """Text of `data`, never an exception: the declared charset where it fits, a better one where that is plain, "�" last."""
    codec = _codec(charset)
    if b"\x1b$)C" in data[:4096]:
        codec = "iso2022_kr"
    elif JAPANESE.search(data[:4096]):
        codec = "iso2022_jp_2"
    as_utf8 = _strict(data, "utf-8-sig")
    if as_utf8 is not None and (
        (data.isascii() and codec not in _STATEFUL) or _better_as_utf8(as_utf8, codec)
    ):
        return _nfc(as_utf8)
    text = _mostly_utf8(data) if codec in {"cp949", *WESTERN} else None
    if text is None and codec in WESTERN:
        text = _hangul(data)
    if text is None and codec:
        text = _strict(data, codec)
    if text is None:
        text = next((t for t in (as_utf8, _mostly_utf8(data), _guessed(data)) if t is not None), None)
    if text is None:
        text = data.decode(codec if _known(codec) else "utf-8", errors="replace")
    return _nfc(text)


def header(value: bytes | str) -> str:
    """A header's value as people read it: raw 8-bit bytes, encoded words and foldings undone, nothing unprintable left.

    A str holds one byte a character (latin-1), as the header reader keeps them.
    """
    data = value.encode("latin-1", "replace") if isinstance(value, str) else value
    text = decode(data) if not data.isascii() or b"\x1b" in data else data.decode("ascii")
    text = words(re.sub(r"\r?\n[ \t]*|[\r\n\t]", " ", text))
    return _nfc(UNPRINTABLE.sub(" ", re.sub(r"[\n\t]", " ", text))).strip()


def words(text: str) -> str:
    """Undo encoded words. Neighbours of one charset are joined as bytes first: mailers cut Hangul in the middle."""
    pieces: list[tuple[str, bytes | str]] = []
    end = 0
    for match in ENCODED_WORD.finditer(text):
        between = text[end : match.start()]
        if between and not (pieces and pieces[-1][0] and between.isspace()):
            pieces.append(("", between))
        charset, data = _codec(match[1]) or UNNAMED, _word_bytes(match[2], match[3])
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + data)  # type: ignore[operator]
        else:
            pieces.append((charset, data))
        end = match.end()
    pieces.append(("", text[end:]))
    return "".join(piece if isinstance(piece, str) else decode(piece, charset) for charset, piece in pieces)


def _codec(charset: str) -> str:
    name = "-".join(charset.strip().strip("\"'").lower().split())
    return UNNAMED if name.replace("-", "_") in NO_CHARSETS else WIDER.get(name, name)


_STATEFUL = {
    "utf-7",
    "utf7",
    "iso2022_kr",
    "iso-2022-kr",
    "iso2022_jp_2",
    "hz",
    "utf-16",
    "utf-32",
    "utf-16le",
    "utf-16be",
}


def _better_as_utf8(text: str, codec: str) -> bool:
    # No other charset's text is by chance also valid UTF-8 Hangul, so if it reads as that, the label is wrong. The
    # same holds for what calls itself Western and has accents only as valid UTF-8.
    if text.isascii() or codec in _STATEFUL:
        return False
    return codec in {"", "utf-8", *WESTERN} or bool(HANGUL.search(text)) or not _known(codec)


def _mostly_utf8(data: bytes) -> str | None:
    # A cut or damaged letter must not turn the whole text into Hanja or accents: by chance no bytes of another charset make
    # as many syllables as they make gaps.
    text = data.decode("utf-8", errors="replace")
    syllables, gaps = len(HANGUL.findall(text)), text.count("\ufffd")
    foreign = sum(1 for char in text if not char.isascii())
    return text if syllables and (gaps <= syllables or gaps * 4 < foreign) else None


def _hangul(data: bytes) -> str | None:
    # Form mailers call everything Latin-1. Accents seldom come in pairs; where every pair is a syllable, it is Korean.
    text = None if data.isascii() else _strict(data, "cp949")
    foreign = [char for char in text or "" if not char.isascii()]
    return text if len(foreign) >= 3 and all(HANGUL.match(char) for char in foreign) else None


def _guessed(data: bytes) -> str | None:
    """What bytes that fit neither their label nor UTF-8 most likely say: Korean, Japanese, or a Western accent or two."""
    korean = _strict(data, "cp949")
    if korean is not None and HANGUL.search(korean):
        return korean
    japanese = _strict(data, "cp932")
    if japanese is not None and KANA.search(japanese):
        return japanese
    # Two accents side by side read as one Hanja; among Latin letters they are accents.
    western = _strict(data, "cp1252")
    if western is not None and _is_latin(western):
        return western
    return korean


def _is_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    foreign = [char for char in letters if not char.isascii()]
    return len(foreign) * 2 <= len(letters)


def _word_bytes(encoding: str, content: str) -> bytes:
    data = content.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    letters = letters[:-1] if len(letters) % 4 == 1 else letters
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (LookupError, ValueError):
        return None


def _known(codec: str) -> bool:
    try:
        return bool(codec) and codecs.lookup(codec)._is_text_encoding
    except (LookupError, ValueError):
        return False


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)
