"""
The flow language: from YAML files to a flow, or to everything that is wrong with them.

Comes in: a flow's file, its parts and translations (`load`, `gather`), read as texts with their places
(`source`, `document`), held against the types of the language (`written`, `explain`). Goes out: the frozen
`dialogue.flow.Flow` the engine works with (`compile`), or problems and notes with file, line and column
(`check`). The JSON Schema for editors and the reference are made from the same types.
Uses what the engine uses (flow, expressions, templates); the engine knows nothing of it.
"""
