"""What a person newly wrote, apart from what their program repeated below or above it; what they forward is theirs to say.

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
    r"[-_=\s*]{0,20}(original (message|appointment)|원본\s?(메시지|메일|이메일|편지|내용)|reply message.{0,40})\s?[:：]?[-_=\s*]{0,20}",
    re.IGNORECASE,
)
# One that we write above the history of our own mails.
OURS = re.compile(r"[-_=\s*]{0,20}(reply above this line|이 줄 위에 답장).{0,60}", re.IGNORECASE)
# One that says "this is what I pass on to you".
FORWARD = re.compile(
    r"[-_=\s*]{0,20}((begin )?forwarded message( from .{1,200}?)?|전달된\s?(메시지|메일|이메일)( 시작)?)\s?[:：]?[-_=\s*]{0,20}",
    re.IGNORECASE,
)
# By the first prefix: "Re: Fwd:" answers a forwarded mail and forwards nothing.
FORWARDING_SUBJECT = re.compile(r"\s*[\[(]?\s*(fwd?|전달|전송)\s*[:：\])]", re.IGNORECASE)
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
    r"(에서|으로|로)\s?(보냄|보냈습니다|보낸 메일입니다|작성했습니다|작성함|발송)|(ios|android)용 outlook\s?(에서 보냄|다운로드|받기)?( <[^>]{0,200}>)?)( ?\(https?://[^\s()]{1,300}\))?\s?[.。]?",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"--\s?|—{1,2}\s?")


OWN, QUOTE, LEAD, FORWARDED = "own", "quote", "lead", "forwarded"
PLACED_LINES_MAX = (
    4  # of the quoted lines right above an answer: what it answers, and not the letter around it
)

Row = tuple[str, str]


@dataclass(frozen=True)
class Reply:
    """`text` is never empty where there were words; `quoted` is everything else, in order.

    placed, unplaced  the same where answers stand between quoted lines, with each below those it answers, and what is
                      left of the rest; both "" where they do not
    """

    text: str
    quoted: str
    placed: str = ""
    unplaced: str = ""


@dataclass(frozen=True)
class Parted:
    """Lines newly written, the signature below them, and what is passed on to us. `rows` are all lines above what is passed
    on or repeated to the end (`rest`), each with what it is."""

    own: list[str]
    signature: list[str]
    forwarded: list[str]
    rows: list[Row]
    rest: list[str]

    def repeated(self, but: frozenset[int] = frozenset()) -> list[str]:
        """The lines of earlier mails, without those rows."""
        return [
            line for at, (kind, line) in enumerate(self.rows) if kind != OWN and at not in but
        ] + self.rest


def forwards(subject: str) -> bool:
    """Whether a mail says by its subject that it passes another one on."""
    return bool(FORWARDING_SUBJECT.match(subject))


def split(text: str, *, is_forward: bool = False, is_first: bool = False) -> Reply:
    """Part the new words from the repeated ones. What is passed on below a line that says so is new to us, too.

    is_forward  the mail passes another one on, so that whatever it repeats is what it says
    is_first    it answers nothing of ours: what stands below the head of another mail was never said to us
    """
    parted = _parted(text, is_forward=is_forward, is_first=is_first)
    if not _tidy(parted.own):
        return Reply(text.strip("\n"), "")
    below = ["", *parted.forwarded] if parted.forwarded else []
    reply, quoted = _tidy(parted.own + below), _tidy(parted.signature + parted.repeated())
    stays = _staying(parted)
    if not stays:
        return Reply(reply, quoted)
    unplaced = _tidy(parted.signature + parted.repeated(but=stays))
    return Reply(reply, quoted, _tidy(_with_questions(parted, stays) + below), unplaced)


def fresh(text: str) -> str:
    """The new words alone, "" where there are none: for what goes on to somebody who must not read the rest."""
    own = _tidy(_parted(text).own)
    return "" if SIGNATURE.fullmatch(own.partition("\n")[0]) else own


def _parted(text: str, *, is_forward: bool = False, is_first: bool = False) -> Parted:
    lines = text.replace("\r\n", "\n").split("\n")
    shown = [_shown(line) for line in lines]
    rows: list[Row] = []
    at, is_passed_on = 0, False
    while at < len(lines):
        line = shown[at]
        if not line:
            rows.append((OWN, ""))
            at += 1
        elif is_forward and (line.startswith(">") or _attribution(shown, at)):
            is_passed_on = True
            break
        elif line.startswith(">"):
            rows.append((QUOTE, lines[at]))
            at += 1
        elif width := _attribution(shown, at):
            rows += [(LEAD, each) for each in lines[at : at + width]]
            at += width
            if not _quote_follows(lines, at):
                # Nothing marks where the repeated part ends, so it goes on to the end.
                break
        elif (head := _head(shown, at)) != OWN:
            is_passed_on = head == FORWARDED or (head == QUOTE and (is_forward or is_first))
            break
        else:
            rows.append((OWN, lines[at]))
            at += 1
    own, signature = _without_signature([line for kind, line in rows if kind == OWN])
    passed_on, rest = (lines[at:], []) if is_passed_on else ([], lines[at:])
    return Parted(own, signature, passed_on, rows, rest)


def _head(shown: list[str], at: int) -> str:
    """What stands below this line, to the end: FORWARDED, QUOTE for another mail, LEAD for one of ours, else OWN."""
    line = shown[at]
    if FORWARD.fullmatch(line):
        return FORWARDED
    if OURS.fullmatch(line):
        return LEAD
    return QUOTE if SEPARATOR.fullmatch(line) or _header_block(shown, at) else OWN


def _staying(parted: Parted) -> frozenset[int]:
    """Which rows of quoted lines stand right above an answer, where answers stand between quoted lines; else none."""
    said, left = [], len(parted.own)
    for at, (kind, line) in enumerate(parted.rows):
        if kind == OWN and left:
            left -= 1
            said += [at] if line.strip() else []
    quotes = [at for at, (kind, _line) in enumerate(parted.rows) if kind == QUOTE]
    if not said or not quotes or not any(quotes[0] < at < quotes[-1] for at in said):
        return frozenset()
    return frozenset(at for end in said for at in _paragraph_above(parted.rows, end))


def _paragraph_above(rows: list[Row], at: int) -> list[int]:
    """The quoted lines that end right above row `at`, back to an empty one, a few at most."""
    above = at - 1
    while above >= 0 and at - above <= PLACED_LINES_MAX and not rows[above][1].strip(" >\t"):
        above -= 1
    found: list[int] = []
    while above >= 0 and len(found) < PLACED_LINES_MAX:
        kind, line = rows[above]
        if kind != QUOTE or not line.strip(" >\t"):
            break
        found.append(above)
        above -= 1
    return found


def _with_questions(parted: Parted, stays: frozenset[int]) -> list[str]:
    """The new lines with the quoted ones that stay, an empty line before each question that follows an answer."""
    lines: list[str] = []
    left = len(parted.own)
    for at, (kind, line) in enumerate(parted.rows):
        if kind == OWN and left:
            left -= 1
            lines.append(line)
        elif at in stays:
            if lines and lines[-1].strip() and not lines[-1].lstrip().startswith(">"):
                lines.append("")
            lines.append(line)
    return lines


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
