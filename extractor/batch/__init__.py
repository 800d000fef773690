"""Many files to many JSONs: finding them, running each on its own, writing each whole or not at all.

Knows files and failures, not what a report says. `discover` makes `Job`s, `process` turns one `Job` into one `Outcome`
(alone, picklable, so that a pool or a cluster can call it), `run` drives them and keeps the `Summary`.
"""
