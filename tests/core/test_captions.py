import pytest

from handrail.core.files.captions import Cue, as_webvtt, spoken

FILM = """WEBVTT - 배송 조회

STYLE
::cue { color: red }

NOTE 00:00.000 --> 00:01.000
아무 말도 아니에요

1
00:00.500 --> 00:03.000 line:90%
<v 안내>도움말에서 <b>배송 조회</b>를
찾아요 &amp; 눌러요

00:03.000 --> 00:05.000
<v 안내>도움말에서 <b>배송 조회</b>를 찾아요 &amp; 눌러요

01:02:03.250 --> 01:02:05.000
끝이에요

00:09.000 --> 00:10.000
"""


def test_what_is_said_comes_without_marks_notes_and_repeats():
    assert spoken(FILM.encode()) == [
        Cue(0.5, "도움말에서 배송 조회를 찾아요 & 눌러요"),
        Cue(3723.25, "끝이에요"),
    ]
    assert spoken(b"\xef\xbb\xbf" + FILM.replace("\n", "\r\n").encode()) == spoken(FILM.encode())


def test_subtitles_of_korean_tools_say_the_same():
    srt = "1\n00:00:01,000 --> 00:00:02,500\n안녕하세요\n".encode("cp949")
    assert spoken(as_webvtt(srt)) == [Cue(1.0, "안녕하세요")]


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"WEBVTT", b"WEBVTT\n\n\xff\xfe --> \x00", b"RIFF0000WEBP"]
)
def test_what_is_no_captions_says_nothing(content):
    assert spoken(content) == []
