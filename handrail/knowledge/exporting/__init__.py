"""Taking knowledge out again, whole: as a folder of Markdown, as Zendesk's help-centre JSON, or as one archive.

Folder   markdown.py (with naming, addresses, shelves, trees, blocks): what `importing` reads back, text for text and byte for byte
Zendesk  zendesk.py: the answers of its help-centre API, for tools that read those
Archive  archive.py and restoring.py: every row of the room with its files, numbers and revisions, for another installation
Never    a word a given viewer may not read, where a viewer is given
"""
