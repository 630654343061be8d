"""
The fixed prompts of all flows as files: made ahead, checked, and laid out as Asterisk plays them.

`catalogue` says which there are, `making` has them made, `recordings` takes a studio's in their place,
`files` writes them for Asterisk. For commands: a running service imports nothing of this.
"""
