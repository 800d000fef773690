"""Many files to many JSONs: finding them, reading each on its own, writing each whole or not at all.

Knows files and failures, not what a report says. From the inside out:

- `discover` makes `Job`s, `work.process` turns one into an `Outcome`; `watching` and `kept` look after its pages;
- `worker` is a process that does so again and again, `pool` the supervisor of such processes, `board` what they share;
- `known` is what the ledger (`extractor.store`) says of a job, `run` a whole run on one machine;
- `part` is such a run over a few files fetched from anywhere, `cluster` many parts on many machines;
- `progress` and `report` tell of a run while it goes and when it is over.
"""
