"""What runs on pages that are not ours: a FAQ set placed by one line of HTML.

Holds    faq (the script with its content, its JSON, the count of those helped), example (a page to see it on)
Never    shows what a stranger may not read, sets a cookie, or trusts the page around it
"""
