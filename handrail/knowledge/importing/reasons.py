"""Why something did not come in, or not whole: a code, what happened in a sentence, and the next step."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext_lazy
from django.utils.translation import gettext_lazy as _

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
    "no_language": (
        _("The file does not say in which language it is."),
        _("Let its name end in .ko or .en before its type and import again."),
    ),
    "name_unreadable": (
        _("The name of the file is not text in a known encoding."),
        _("Rename the file and import again."),
    ),
    "twice": (
        _("%(other)s already is this article in this language."),
        _("Rename or remove one of the two files."),
    ),
    "key_twice": (
        _("Its front matter has the same key as %(other)s, so neither came in: one would replace the other."),
        _("Take the line “key” out of the newer of the two and import again."),
    ),
    "audience_kept": (
        _("It was narrowed here since it went out, and stays so (%(audience)s)."),
        _("Widen it by hand, or import again and replace what was edited here."),
    ),
    "part_of_a_text": (
        _(
            "The export held only what one reader may read of it; the text here has passages for colleagues, too."
        ),
        _("Export everything, change that, and import it."),
    ),
    "for_review": (
        _("It came in as a draft and waits for a review: a reviewer publishes it."),
        _("Whoever may review finds it among their tasks."),
    ),
    "audience_for_review": (
        _("It names an audience wider than the one here; nobody else reads it before a reviewer says so."),
        _("Ask a reviewer to change for whom it is."),
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
    "another_name": (
        ngettext_lazy(
            "%(count)s page of it came in before from “%(name)s”, so it was taken for the same help centre.",
            "%(count)s pages of it came in before from “%(name)s”, so it was taken for the same help centre.",
            "count",
        ),
        _("Nothing to do. Should it be another one, give --name."),
    ),
    "keyword_twice": (
        _("This keyword leads to two articles of one product: “%(one)s” and “%(other)s”."),
        _("Give one of them other words under Console → Keyword answers. Until then the older one answers."),
    ),
    "owner_unknown": (
        _(
            "It says that %(owner)s answers for it, an address no colleague has here; who answers for it stays as it is."
        ),
        _("Add that colleague and import again, or give the article an owner by hand."),
    ),
    "keyword_taken": (
        _("The keyword “%(word)s” leads to “%(other)s” already, so this file's keywords were not all tied."),
        _("Leave it out here, or there, and import again."),
    ),
    "block_no_name": (
        _("The front matter does not say the block's name."),
        _("Write its name as “name” and import again."),
    ),
    "block_alone": (
        _("The block this is a draft of is not beside it."),
        _("Put the two side by side under one name, or remove the file."),
    ),
    "block_unread": (
        _("It shows the block %(target)s, whose file could not be read, so it was left alone."),
        _("Put that file right and import again."),
    ),
    "block_inline": (
        _(
            "A reusable block (%(target)s) stands within a sentence, where none can; its name stays, the block does not."
        ),
        _("Give the link to the block a paragraph of its own."),
    ),
    "tree_odd": (
        _("The troubleshooter could not be read: %(error)s"),
        _("Put the file right and import again."),
    ),
    "tree_alone": (
        _("The article this troubleshooter belongs to is not beside it."),
        _("Put the two side by side under one name, or remove the file."),
    ),
    "tree_article_lost": (
        _("One of its steps leads to %(target)s, which is not an article here."),
        _("Correct the name, or import that article too."),
    ),
    "tree_not_ready": (
        _("It came in as a draft, because a step of it is not ready to be shown."),
        _("Open it under Console → Troubleshooters: what is missing is marked there."),
    ),
    "refused": (_("It could not be written: %(error)s"), _("Correct the file and import again.")),
}


# What `error` of a sentence says: of front matter, of JSON and of a file.
WHY = {
    "not_json": gettext_noop("line %(line)s, letter %(column)s cannot be read"),
    "no_lists": gettext_noop("it holds none of %(lists)s"),
    "no_field": gettext_noop("one of its rows has no %(field)s"),
    "odd_row": gettext_noop("one of its rows is not as the help centre writes it"),
    "encoding": gettext_noop("its letters are not UTF-8"),
    "rights": gettext_noop("its rights do not let us"),
    "line": gettext_noop("line %(line)s is not YAML; put texts with a colon or a bracket in quotation marks"),
    "unread": gettext_noop("it cannot be read"),
    "repeats": gettext_noop("it repeats a value by name (*), which is not read here"),
    "too_long": gettext_noop("it has more than %(most)s letters"),
    "too_deep": gettext_noop("it is nested too deeply"),
    "no_names": gettext_noop("it is not a list of names and values"),
    "no_text": gettext_noop("%(field)s is not a text; put it in quotation marks"),
    "no_flag": gettext_noop("%(field)s is neither true nor false"),
    "no_position": gettext_noop("position is not a whole number from 0 on"),
    "no_number": gettext_noop("%(field)s is not a whole number from 1 to %(most)s"),
    "no_list": gettext_noop("%(field)s is not a list of texts"),
    "no_date": gettext_noop("%(field)s is not a date: %(value)s"),
    "no_day": gettext_noop("%(field)s is not a date"),
    "no_steps": gettext_noop("steps is not a list of steps"),
    "too_many_steps": gettext_noop("it has more than %(most)s steps"),
    "no_keys": gettext_noop("a step has no key, or the key of another"),
    "no_kind": gettext_noop("step %(step)s has a kind that is none of %(known)s"),
    "odd_choices": gettext_noop("step %(step)s has an answer without a key, or more than %(most)s answers"),
    "no_texts": gettext_noop("%(step)s does not give its texts by language"),
    "long_text": gettext_noop("a text of %(step)s has more than %(most)s letters"),
    "no_letter": gettext_noop("it has a letter that cannot be kept"),
}
# Where the console has no words for what the command line offers.
IN_CONSOLE = {
    "another_name": _("Nothing to do. Should it be another one, import it with `handrail import --name`."),
    "no_place": _("Put it into a folder named after its product and import the zip again."),
    "edited_here": _(
        "Compare the two, then keep yours, or import again and choose “Also replace texts edited here since”."
    ),
}


def sentence(reason: str, details: dict[str, Any]) -> str:
    """What happened, in the reader's language."""
    if reason not in REASONS:
        return ""
    if why := WHY.get(details.get("why", "")):
        details = {**details, "error": gettext(why) % details}
    return str(REASONS[reason][0] % details)


def next_step(reason: str, *, in_console: bool = False) -> str:
    """What to do about it, with the means of the place it is read at."""
    if in_console and reason in IN_CONSOLE:
        return str(IN_CONSOLE[reason])
    return str(REASONS[reason][1]) if reason in REASONS else ""
