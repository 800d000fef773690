"""What people say about the reports of a run, kept beside the extraction, never over it. See docs/corrections.md.

    record     one correction, its JSON line, what is valid
    fields     what can be corrected of each kind of item
    journal    the file of one document's corrections: appended to, read
    anchors    where a corrected item stands in a text that may have changed
    items      the items of a report while corrections are worked in; sections re-tied
    apply      a report with its corrections worked in, and what became of each correction
    making     a correction from what a person filled in
    folder     a run's folder: the corrections of each of its reports
    reviewed   documents that a person has looked through; their gold
    listing    `extractor corrections`
"""
