"""Why something did not come in, or not whole: a code, what happened in a sentence, and the next step."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

REASONS = {
    "not_text": (_("The file is not text in a known encoding."), _("Save it as UTF-8 and import again.")),
    "front_matter": (
        _("The front matter is not valid YAML: %(error)s"),
        _("Put it right between the two lines of dashes and import again."),
    ),
    "unknown_value": (
        _("The front matter says %(field)s: %(value)s, which is not one of %(known)s."),
        _("Use one of those and import again."),
    ),
    "no_title": (_("There is no title."), _("Add a title to the front matter or a first heading.")),
    "title_too_long": (
        _("The title has %(length)s letters; %(most)s is the most."),
        _("Shorten it and import again."),
    ),
    "text_too_long": (
        _("The text has %(length)s letters; %(most)s is the most."),
        _("Cut it into several articles and import again."),
    ),
    "empty": (_("There is no text below the title."), _("Write the article, or remove the file.")),
    "no_place": (
        _("The file lies outside every product's folder."),
        _("Move it into a folder named after its product, or give --product."),
    ),
    "twice": (
        _("%(other)s already is this article in this language."),
        _("Rename or remove one of the two files."),
    ),
    "same_file": (_("This is another name of %(other)s, which came in."), _("Nothing to do.")),
    "outside": (
        _("This link leads to a file outside the folder, so it was not followed."),
        _("Copy the file into the folder if it belongs to the help centre."),
    ),
    "language": (
        ngettext_lazy(
            "%(count)s page in a language that is not offered here.",
            "%(count)s pages in a language that is not offered here.",
            "count",
        ),
        _("Nothing to do, unless that language is wanted."),
    ),
    "not_an_article": (
        ngettext_lazy(
            "%(count)s file is neither Markdown nor HTML.",
            "%(count)s files are neither Markdown nor HTML.",
            "count",
        ),
        _("Nothing to do."),
    ),
    "unreadable": (_("The file could not be read: %(error)s"), _("Check its rights and import again.")),
    "not_json": (
        _("The file is not the JSON of a help centre: %(error)s"),
        _("Save the page's answer again, unchanged, and import again."),
    ),
    "page_missing": (
        _("Page %(page)s of %(what)s is missing, so %(got)s of %(all)s came in."),
        _("Save that page into the folder and import again."),
    ),
    "no_section": (
        _("Its section (%(section)s) is not among the saved pages."),
        _("Save the sections' pages into the folder and import again."),
    ),
    "segment": (
        _(
            "It is shown to user segment %(segment)s only, which the saved pages do not explain; it is for agents now."
        ),
        _("Change its audience by hand, or save user_segments.json and import again."),
    ),
    "link_lost": (
        _("A link leads to %(target)s, which is not part of this import; its words stay, the link does not."),
        _("Add that page to the import, or change the link."),
    ),
    "picture_missing": (
        _("The picture or film %(target)s is not there."),
        _("Put the file where the text says and import again."),
    ),
    "picture_refused": (
        _("The file %(target)s was not kept: %(error)s"),
        _("Use PNG, JPEG, GIF, WebP, WebM, MP4 or VTT within the size limit and import again."),
    ),
    "picture_remote": (
        _("The picture %(target)s lies on another server and stays a link."),
        _("Save it beside the text, point to it there, and import again."),
    ),
    "related_lost": (
        _("It names %(target)s as related, which is not an article here."),
        _("Correct the name, or import that article too."),
    ),
    "audiences_differ": (
        _("Its languages name different audiences; the narrowest, %(audience)s, was taken for all."),
        _("Write the same audience in each language."),
    ),
    "edited_here": (
        _(
            "The source changed, but somebody has edited the text here since the last import; it was left alone."
        ),
        _("Compare the two, then keep yours or import again with --overwrite."),
    ),
    "gone": (
        _("The source no longer holds this article; it is still published here."),
        _("Withdraw it by hand if it is no longer wanted."),
    ),
    "refused": (_("It could not be written: %(error)s"), _("Correct the file and import again.")),
}


def sentence(reason: str, details: dict[str, Any]) -> str:
    """What happened, in the reader's language."""
    return str(REASONS[reason][0] % details) if reason else ""


def next_step(reason: str) -> str:
    return str(REASONS[reason][1]) if reason else ""
