"""
Packets to 20 ms of audio, and back.

In: RTP datagrams as they come from a socket, and 8 kHz 16-bit samples to be sent. Out: payloads in
order with losses counted, samples, and packets ready to send. Refused: bytes that are no RTP, with
`MediaError`. Nothing here knows a socket or a clock: whoever owns the socket owns the pace.
"""
