"""
Spanish words at which a turn may be cut into requests, and words that by themselves ask for nothing.
"""

from __future__ import annotations

from ..segments import ClauseWords
from ..words import listed
from .words import FILLERS

__all__ = ["CLAUSES"]

CONNECTIVES = frozenset(listed("y e tambien ademas luego despues pero entonces oh ah aparte"))
STARTERS = frozenset(
    listed(
        "quiero quisiera querria necesito que cual cuales cuanto cuanta cuantos cuando donde como"
        " quien digame"
        " dime deme dame mandenme mandeme envienme envieme pase paseme tengo hay puede pueden puedo podria"
        " podrian he les estoy busco llamo bloqueen bloquee llamenme llameme diga abren cierran ponga"
    )
)
"""Words with which a clause may begin."""

NO_CUT_AFTER = frozenset(
    listed(
        "si que como cuando donde quien porque por para de del desde a al en con sin sobre el la"
        " los las un una"
        " mi mis su sus me te se le les lo no y o quiero quisiera necesito puede pueden puedo podria saber"
        " tengo gustaria favor ya cuanto a desde hasta no cual es son hay cuenta muy mas tan he han ha"
        " digame dime perdon perdone disculpe"
    )
)
"""Words behind which no clause begins."""

MARKERS = FILLERS | frozenset(
    listed(
        "oh ah y e tambien ademas luego despues entonces pero si no vale ok bien hola buenas"
        " buenos dias tardes"
        " noches por favor ahora mire oiga bueno gracias perdon"
    )
)
"""Words that lead into a request and are no part of it."""

FUNCTION_WORDS = (
    MARKERS
    | CONNECTIVES
    | frozenset(
        listed(
            "queria mire oiga"
            " yo me mi mis mio mia tu te su sus usted ustedes el ella ello ellos lo la los las le les se nos"
            " este esta esto ese esa eso aquel un una unos unas algun alguna es soy son era fue sea ser estar"
            " estoy estan hay ha he han hemos haber de del a al en con por para sin sobre hasta desde"
            " entre que"
            " cual cuales quien como cuando donde porque si no o u ni muy mas menos tan ya todavia solo"
            " aqui ahi"
            " quiero quisiera querria necesito gustaria puede puedo pueden podria podrian tengo tiene saber"
            " digo dice decir dijo creo llamo favor gracias perdon digame dime deme dame ahora"
            " otra otro cosa algo"
            " numero dos uno claro exacto correcto da igual mejor espere momento bueno mismo misma"
        )
    )
)
"""Words that by themselves ask for nothing."""

CLAUSES = ClauseWords(
    connectives=CONNECTIVES,
    starters=STARTERS,
    asking=frozenset(),
    asked=frozenset(),
    no_cut_after=NO_CUT_AFTER,
    markers=MARKERS,
    function_words=FUNCTION_WORDS,
    questions=frozenset(listed("que cual cuales cuanto cuando donde como quien por es esta me")),
    fillers=FILLERS,
)
