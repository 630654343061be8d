"""
What an admin works on flows with, without a PBX: hold conversations, draw, compare, publish.

`rehearsal` drives the real `call.Call` on a virtual clock, `trial` holds a written conversation with it.
Nothing a running service needs stands here.
"""
