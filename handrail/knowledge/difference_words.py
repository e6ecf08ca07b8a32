"""What a difference says in words: where a block stands, and what changed in it beside what it says."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from handrail.knowledge.callouts import callout_names, inner_words
from handrail.knowledge.text_blocks import BEGINS, GOES_ON, HEADINGS, Block

LISTS = ("ul", "ol", "steps")
CALLOUT = "callout "


@dataclass(frozen=True)
class Mark:
    """A word above a block; `code` is "agents", "simple", "deep" or "callout"."""

    code: str
    text: str


def is_inner(block: Block) -> bool:
    """Whether only colleagues read it."""
    return "agents" in block.inside


def marks(block: Block) -> list[Mark]:
    """Where a block stands, as it is written above it."""
    found = []
    if is_inner(block):
        found.append(Mark("agents", inner_words()))
    if depth := _depth_code(block):
        found.append(
            Mark(depth, _("Only in the simple explanation") if depth == "simple" else _("Only in depth"))
        )
    if kind := _callout_kind(block):
        found.append(Mark("callout", callout_names().get(kind, kind)))
    return found


def told(old: Block, new: Block) -> list[str]:
    """What changed from one block to the other beside the words, a sentence each; nothing for blocks alike."""
    if old == new:
        return []
    pairs = [(name(old), name(new)) for name in (_readers, _depth, _callout, _kind, _level, _quoted, _folded)]
    found = [f"{before} → {after}" for before, after in pairs if before != after]
    if (cut := BEGINS in new.shape) != (BEGINS in old.shape):
        found.append(_("A list of its own begins here.") if cut else _("It goes on with the list above."))
    if old.kind == new.kind and _marked(old) != _marked(new):
        found.append(_other_shape(old, new))
    elif not found and old.text == new.text and old.inside == new.inside:
        # What is marked is marked alike, but other words of the line are.
        found.append(_("The words stayed; a link or emphasis changed."))
    elif not found and (old.text == new.text or old.inside != new.inside):
        found.append(_("The words stayed; how the passage looks changed."))
    return found


def _other_shape(old: Block, new: Block) -> str:
    if old.kind == "img":
        return _("Another picture.") if old.picture != new.picture else _("The picture is shown otherwise.")
    if old.kind in {"video", "audio"}:
        return (
            _("Another film.")
            if old.shape[0] != new.shape[0]
            else _("Captions or the look of the film changed.")
        )
    if old.kind == "block":
        return _("Another reusable block.")
    if old.kind == "tr" and _cells(old) != _cells(new):
        return _("Heading cells or joined cells changed.")
    if GOES_ON in {*old.shape} ^ {*new.shape}:
        return _("Items of the list were split or joined.")
    if old.text == new.text:
        return _("The words stayed; a link or emphasis changed.")
    return _("A link or emphasis changed too.")


def _marked(block: Block) -> list[str]:
    """What its words are marked as, wherever in the line: "a href=/b", "b"; of a thing, all it is."""
    return sorted(each.partition(" @")[0] for each in block.shape if each != BEGINS)


def _cells(block: Block) -> list[str]:
    return [each for each in block.shape if each.startswith(("td", "th"))]


def _readers(block: Block) -> str:
    return _("For colleagues") if is_inner(block) else _("For everybody")


def _depth_code(block: Block) -> str:
    return next((each for each in reversed(block.inside) if each in {"simple", "deep"}), "")


def _depth(block: Block) -> str:
    return {
        "simple": _("Only in the simple explanation"),
        "deep": _("Only in depth"),
        "": _("In both explanations"),
    }[_depth_code(block)]


def _callout_kind(block: Block) -> str:
    kinds = [each.removeprefix(CALLOUT) for each in block.inside if each.startswith(CALLOUT)]
    return kinds[-1] if kinds else ""


def _callout(block: Block) -> str:
    kind = _callout_kind(block)
    if not kind:
        return _("No callout")
    return _("Callout: %(name)s") % {"name": callout_names().get(kind, kind)}


def _kind(block: Block) -> str:
    lists = _lists(block)
    if block.kind == "li":
        return {"ol": _("numbered item"), "steps": _("step to tick")}.get(
            lists[-1] if lists else "", _("list item")
        )
    if block.kind in HEADINGS:
        return _("heading of level %(level)s") % {"level": block.kind[1]}
    if block.kind == "tr":
        return _("row of table headings") if "thead" in block.inside else _("table row")
    return {
        "img": _("picture"),
        "pre": _("code"),
        "blockquote": _("quotation"),
        "figcaption": _("caption"),
        "caption": _("caption"),
        "dt": _("term"),
        "summary": _("line that unfolds"),
    }.get(block.kind, _("paragraph"))


def _lists(block: Block) -> list[str]:
    return [each for each in block.inside if each in LISTS]


def _level(block: Block) -> str:
    """Only items at different levels are told apart by it."""
    level = len(_lists(block)) if block.kind == "li" else 0
    return _("level %(number)s of the list") % {"number": level} if level else ""


def _quoted(block: Block) -> str:
    is_quoted = "blockquote" in block.inside and block.kind != "blockquote"
    return _("in a quotation") if is_quoted else _("not in a quotation")


def _folded(block: Block) -> str:
    return _("folded away") if "details" in block.inside else _("open at once")
