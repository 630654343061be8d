"""
What ``ivr-ari`` does, one subject a file; `cli` puts them together.

Each command imports what it needs when it is called: models and PyTorch take seconds, ``check`` takes none.
"""
