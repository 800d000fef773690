"""Scores of extracted reports against gold: `gold` reads annotations, `align` maps them onto the extracted text,
`score` compares one report, `table` adds reports up, `compare` finds the texts and reports that belong to gold files.
"""
