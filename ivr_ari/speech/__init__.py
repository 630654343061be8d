"""
8 kHz audio to words.

In: 20 ms frames of 16-bit linear mono. Out: where the caller's voice begins, pauses and goes on
(`Endpointer`), and the words of each piece with times and confidences (`Recognizer`). Refused: nothing
a line can carry. Nothing here decides whether the caller has finished: that takes the meaning.
"""
