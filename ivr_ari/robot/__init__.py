"""
A caller made of software: dials an extension, listens, answers, and measures how fast it is answered.

The signalling core (`sip`, `digest`, `sdp`, `transactions`, `dialog`, `agent`), the decisions (`script`,
`turns`, `timing`) and the packets (`keys`) know no clock and no socket; `phone`, `mouth`, `ear` and
`conversation` are the shell around them.
"""
