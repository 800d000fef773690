"""Searchable PDFs ("PDF hai lớp"): the pages of a scan as they are, with the recognised words invisibly over their ink.

Made beside the report's JSON while the report is read. Knows pages of words with boxes, and PDF; nothing of what a
report says. `layer` writes the words, `old_text` takes away a layer that lies, `pictures` turns a picture into a PDF,
`pdfa` makes an archival file of it, `copies` does all of it for one job of a run.
"""
