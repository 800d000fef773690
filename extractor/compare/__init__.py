"""Years compared: figures of two runs, years or documents aligned by what they say, not by where they stand.

    claims → places → match → judge → rows

Knows the store and the gazetteer, not the stages that made the reports. See docs/compare.md.
"""
