"""
The demo's computers: bank, clinic and shop, one HTTP service on SQLite, with the same data in every run.

Each is a module here that declares a `Service`. Any path can be made slow or broken on demand (`behaviour`),
so that a conversation can be held against a bank that does not answer.
"""
