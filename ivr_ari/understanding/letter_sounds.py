"""
How English spelling sounds: rules for words that no dictionary has (names, products, misspellings).

Rules are tried at each place in order, longest letters first; the left and right neighbours they need are
regular expressions. They say what a reader of English would try first, not every exception: exceptions are
what the dictionary is for. Phones are the 39 of CMUdict, without stress.
"""

from __future__ import annotations

import re

__all__ = ["sound_out"]

# left neighbour, letters, right neighbour, phones. ^ and $ are the word's ends.
WRITTEN = """
. tion - SH AH N
. sion - ZH AH N
. ssion - SH AH N
. cian - SH AH N
. ought - AO T
. aught - AO T
. ture $ CH ER
. eigh - EY
. igh - AY
^ wh - W
^ wr - R
^ kn - N
^ gn - N
^ ps - S
^ x - Z
. sch - S K
. tch - CH
. dge - JH
. cqu - K W
. ck - K
. cc [eiy] K S
. cc - K
. ch r K
. ch - CH
. gh $ -
[aeiou] gh - -
. gh - G
. ph - F
. sh - SH
. th - TH
. ng $ NG
. ng [eiy] N JH
. ng - NG G
. nk - NG K
. qu - K W
. ss - S
. sc [eiy] S
. wh - W
. mb $ M
. zz - Z
. ll - L
. tt - T
. pp - P
. ff - F
. rr - R
. nn - N
. mm - M
. bb - B
. dd - D
. gg - G
. air - EH R
. are $ EH R
. ear - IH R
. eer - IH R
. ere $ IH R
. ire $ AY ER
. ore $ AO R
. our $ AW ER
. oor - AO R
. oar - AO R
. ure $ Y UH R
. tial - SH AH L
. cial - SH AH L
. cious - SH AH S
. tious - SH AH S
. ious - IY AH S
. ous $ AH S
. able $ AH B AH L
. ible $ AH B AH L
. le $ AH L
. al $ AH L
. ar $ ER
. ar [aeiouy] EH R
. ar - AA R
. er [aeiouy] EH R
. er - ER
. ir - ER
. ur - ER
. or $ ER
. or - AO R
. age $ IH JH
. ate $ EY T
. ice $ IH S
. ine $ IY N
. ive $ IH V
. aigh - EY
. augh - AO
. ai - EY
. ay - EY
. au - AO
. aw - AO
. ea d EH
. ea - IY
. ee - IY
. ei - IY
. ey $ IY
. ey - EY
. eu - Y UW
. ew - UW
. ie $ IY
. ie - IY
. oa - OW
. oe $ OW
. oi - OY
. oy - OY
. oo k UH
. oo - UW
. ou - AW
. ow $ OW
. ow - AW
. ue $ UW
. ui - UW
[cs] iu - AH
[bcdfghjklmnpqrstvwxz] es $ Z
[td] ed $ AH D
[pksfx] ed $ T
. ed $ D
. a [bcdfghjklmnpqrstvwxz]e$ EY
. a [bcdgklmnpst]i EY
. a $ AH
. a - AE
. e $ -
. e [bcdfghjklmnpqrstvwxz]e$ IY
. e [aou] IY
. e - EH
. i [bcdfghjklmnpqrstvwxz]e$ AY
. i [aou] IY
. i $ IY
. i - IH
. o [bcdfghjklmnpqrstvwxz]e$ OW
. o $ OW
. o [bcdgklmnpstv][aeiouy] OW
. o - AA
. u [bcdfghjklmnpqrstvwxz]e$ UW
. u [bcdgklmnprst][aeiou] UW
. u $ UW
. u - AH
^ y - Y
. y $ IY
. y [aeiou] Y
. y - IH
. b - B
. c [eiy] S
. c - K
. d - D
. f - F
. g [eiy] JH
. g - G
. h [aeiouy] HH
. h - -
. j - JH
. k - K
. l - L
. m - M
. n - N
. p - P
. q - K
. r - R
[aeiou] s [aeiou] Z
[bdgmnvr] s $ Z
. s - S
. t - T
. v - V
. w [aeiouyh] W
. w - -
. x - K S
. z - Z
"""


def _rules() -> list[tuple[re.Pattern[str], tuple[str, ...], int]]:
    rules = []
    for line in WRITTEN.strip().splitlines():
        left, letters, right, *phones = line.split()
        before = "" if left == "." else "(?<![a-z])" if left == "^" else f"(?<={left})"
        after = "" if right == "-" else f"(?={right})"
        rules.append(
            (re.compile(before + letters + after), tuple(p for p in phones if p != "-"), len(letters))
        )
    # the sort is stable: among rules for as many letters the order above holds
    return sorted(rules, key=lambda rule: -rule[2])


RULES = _rules()


def sound_out(word: str) -> tuple[str, ...]:
    """Return the phones that *word*, lower-case letters, is likely to have; letters unknown are silent."""
    at, phones = 0, list[str]()
    while at < len(word):
        for pattern, sounds, length in RULES:
            if pattern.match(word, at):
                phones += sounds
                at += length
                break
        else:
            at += 1
    # the same phone from two rules is one sound
    return tuple(one for place, one in enumerate(phones) if place == 0 or one != phones[place - 1])
