"""Training of the project's own line recogniser: text, drawn and worn lines, networks, export, evaluation.

    text → phrases → drawing → wearing → lines → train → export → evaluate

Not part of the package: `python -m training.train --out DIR` from the project's folder. See README.md beside this.
"""
