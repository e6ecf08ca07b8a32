"""What a person newly wrote, apart from what their program repeated below or above it.

Line by line and in linear time: every pattern sees one line cut to LINE_CHARS, or a few of them joined.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LINE_CHARS = 400
WRAPPED_LINES_MAX = 4  # an attribution folded by a narrow client
SIGNATURE_LINES_MAX = 12

# "On Tue, 5 Mar 2024 at 10:02, Hong <hong@example.com> wrote:" and its Korean relatives. Each needs a digit (the
# date) and its own ending, so that a sentence which merely begins with "On" stays a sentence.
ATTRIBUTIONS = (
    re.compile(r"On\s.{0,120}\d.{0,250}(wrote|writes|a écrit)\s?[:：]?"),
    re.compile(r"\S.{0,250}(wrote|writes)\s(on|at)\s.{0,80}\d.{0,40}[:：]"),
    # Gmail: 2024년 3월 5일 (화) 오전 10:02, 홍길동 <hong@example.com>님이 작성:
    re.compile(r"\d{4}년\s?\d{1,2}월\s?\d{1,2}일.{0,300}(님이|이|가|께서)?\s?(작성|쓰신 글|보낸 메시지|보냄)(한 메시지)?\s?[:：]"),
    # Apple: 2024. 3. 5. 오전 10:02, 홍길동 <hong@example.com> 작성:
    re.compile(r"\d{4}[.\-/]\s?\d{1,2}[.\-/]\s?\d{1,2}.{0,300}(님이|이|가|께서)?\s?(작성|쓴 글|쓰신 글|보낸 메시지)(한 메시지)?\s?[:：]"),
    # Thunderbird: 2024-03-05 오전 10:02에 홍길동 이(가) 쓴 글:   Outlook.com: 홍길동님이 2024년 … 작성:
    re.compile(r"\S.{0,120}(님이|이\(가\)|께서)\s?\d{4}.{0,120}(작성|쓴 글|쓰신 글)(한 메시지)?\s?[:：]"),
)  # fmt: skip
ATTRIBUTION_STARTS = re.compile(
    r"On\s|\d{4}(년|[.\-/])\s?\d|\S.{0,100}(wrote|writes|님이|이\(가\)|께서)\s?(on|at|\d)?"
)
ATTRIBUTION_ENDS = re.compile(r"(wrote|writes|a écrit|작성|메시지|글|보냄|\d)\s?[:：]?$")

# A line that says "what follows is the earlier mail", whoever wrote it.
SEPARATOR = re.compile(
    r"[-_=\s*]{0,20}(original (message|appointment)|forwarded message|원본\s?(메시지|메일|이메일|편지|내용)|전달된\s?(메시지|메일|이메일)|"
    r"begin forwarded message|전달된 메시지 시작|reply (message|above this line).{0,40}|이 줄 위에 답장.{0,40})\s?[:：]?[-_=\s*]{0,20}",
    re.IGNORECASE,
)
RULE = re.compile(r"\s{0,4}[-_=─]{10,80}\s{0,4}")

# The header block Outlook, Naver, Daum and others put above what they repeat.
FIRST_FIELD = re.compile(
    r"\*{0,2}(From|보낸\s?사람|발신|발신인|보낸\s?이)\*{0,2}\s?[:：]\*{0,2}\s?\S", re.IGNORECASE
)
FIELD = re.compile(
    r"\*{0,2}(From|Sent|To|Cc|Bcc|Subject|Date|Importance|Reply-To|보낸\s?사람|보낸\s?이|보낸\s?(날짜|시간)|(받는|받은)\s?(사람|이)|"
    r"참조|숨은\s?참조|제목|날짜|일시|발신|수신|발신인|수신인|첨부|중요도)\*{0,2}\s?[:：]",
    re.IGNORECASE,
)

DEVICE = re.compile(
    r"(sent from my [\w ]{2,40}|sent from (outlook|mail|yahoo|samsung|naver)[\w ]{0,40}|get outlook for (ios|android)( <[^>]{0,200}>)?|"
    r"(나의|내)?\s?[\w ]{0,30}(iphone|ipad|아이폰|아이패드|galaxy|갤럭시|스마트폰|휴대폰|모바일|mac|outlook|메일\s?앱|네이버\s?메일|다음\s?메일|windows용 메일)[\w ]{0,20}"
    r"(에서|으로|로)\s?(보냄|보냈습니다|보낸 메일입니다|작성했습니다|작성함|발송)|(ios|android)용 outlook\s?(에서 보냄|다운로드|받기)?( <[^>]{0,200}>)?)\s?[.。]?",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"--\s?|—{1,2}\s?")


@dataclass(frozen=True)
class Reply:
    """`text` is never empty where there were words; `quoted` is everything else, in order."""

    text: str
    quoted: str


def split(text: str) -> Reply:
    """Part the new words from the repeated ones. A mail that only forwards something is all new."""
    own, signature, other = _parted(text)
    reply = _tidy(own)
    if not reply:
        return Reply(text.strip("\n"), "")
    return Reply(reply, _tidy(signature + other) if signature else _tidy(other))


def fresh(text: str) -> str:
    """The new words alone, "" where there are none: for what goes on to somebody who must not read the rest."""
    own = _tidy(_parted(text)[0])
    return "" if SIGNATURE.fullmatch(own.partition("\n")[0]) else own


def _parted(text: str) -> tuple[list[str], list[str], list[str]]:
    """Lines newly written, the signature below them, and what is repeated."""
    lines = text.replace("\r\n", "\n").split("\n")
    shown = [_shown(line) for line in lines]
    own: list[str] = []
    other: list[str] = []
    at = 0
    while at < len(lines):
        line = shown[at]
        if not line:
            own.append("")
            at += 1
        elif line.startswith(">"):
            other.append(lines[at])
            at += 1
        elif width := _attribution(shown, at):
            other += lines[at : at + width]
            at += width
            if not _quote_follows(lines, at):
                # Nothing marks where the repeated part ends, so it goes on to the end.
                other += lines[at:]
                break
        elif SEPARATOR.fullmatch(line) or _header_block(shown, at):
            other += lines[at:]
            break
        else:
            own.append(lines[at])
            at += 1
    own, signature = _without_signature(own)
    return own, signature, other


def _shown(line: str) -> str:
    return line[:LINE_CHARS].strip().replace("\u202f", " ").replace("\xa0", " ")


def _attribution(lines: list[str], at: int) -> int:
    """How many of the lines, as they are shown, the attribution at `at` takes; 0 if there is none."""
    joined = lines[at]
    if len(joined) < 8 or not ATTRIBUTION_STARTS.match(joined):
        return 0
    for width in range(1, WRAPPED_LINES_MAX + 1):
        if ATTRIBUTION_ENDS.search(joined) and any(p.fullmatch(joined) for p in ATTRIBUTIONS):
            return width
        following = lines[at + width] if at + width < len(lines) else ""
        if not following or following.startswith(">") or len(joined) > LINE_CHARS:
            return 0
        joined = f"{joined} {following}"[: LINE_CHARS + 1]
    return 0


def _quote_follows(lines: list[str], at: int) -> bool:
    for line in lines[at : at + 4]:
        if line.strip():
            return line.lstrip().startswith(">")
    return False


def _header_block(lines: list[str], at: int) -> int:
    """Whether a block of mail headers begins here, perhaps under a drawn line. The lines are as they are shown."""
    start = at
    if RULE.fullmatch(lines[at] or "x"):
        start = next((i for i in range(at + 1, min(at + 4, len(lines))) if lines[i]), at)
    if not FIRST_FIELD.match(lines[start]):
        return 0
    return sum(1 for line in lines[start : start + 10] if FIELD.match(line)) >= 3


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    for at in range(end - 1, max(end - SIGNATURE_LINES_MAX - 1, 0), -1):
        if SIGNATURE.fullmatch(lines[at]) and not lines[at].startswith("\u2014 "):
            return lines[:at], lines[at:end]
    start = end
    # "나의 iPhone에서 보냄" and the line some apps put above it; at most three, at the very end.
    while (
        start > 1
        and end - start < 3
        and (DEVICE.fullmatch(_shown(lines[start - 1])) or not lines[start - 1].strip())
    ):
        start -= 1
    if any(line.strip() for line in lines[start:end]):
        return lines[:start], lines[start:end]
    return lines[:end], []


def _tidy(lines: list[str]) -> str:
    text = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
