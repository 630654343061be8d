"""
Spanish yes and no: the tables behind `..yesno`. "si" without its accent is a yes where it answers.
"""

from __future__ import annotations

from ..words import listed, phrases
from ..yesno import Answers
from .words import FILLERS

__all__ = ["ANSWERS"]

YES = """
esta correcto | que si | digo que si | todo correcto | todo bien | me parece correcto
perdon si | bueno si
si | sip | claro | claro que si | por supuesto | por supuesto que si | desde luego | vale | ok | okey
okay | de acuerdo | correcto | es correcto | exacto | exactamente | efectivamente | asi es | eso es
eso mismo | esta bien | bien | muy bien | perfecto | bueno | afirmativo | como no | dale | venga
adelante | hagalo | si por favor | por favor | si senor | si senora | si senorita | creo que si
supongo que si | aja | me parece bien | lo es | seguro | ya lo creo | si claro | si correcto | si es
si eso es | si lo tengo | lo tengo | si tengo | tengo | si quiero | si lo quiero | sin duda | cierto
es cierto | verdad | es verdad | si es correcto | si esta bien | por que no | me va bien | me viene bien
estupendo | genial | listo | ande | andale | simon | si hagalo | si bloqueela | si me parece bien
"""
NO = """
que no | digo que no | ya he dicho que no
eso no es correcto | eso no esta bien | bueno no | ahora no | no ahora no | perdon no | no estoy de acuerdo
no | nop | no gracias | que va | para nada | en absoluto | claro que no | por supuesto que no
desde luego que no | de ninguna manera | negativo | no es correcto | no esta bien | esta mal
incorrecto | eso no | no es eso | creo que no | me parece que no | no lo creo | tampoco | nunca
todavia no | aun no | ni hablar | no quiero | no lo tengo | no la tengo | no tengo
no es cierto | no es verdad | falso | equivocado | mal | no senor | no senora | no esta correcto
no es asi | no lo quiero | no por favor | no lo haga | ninguno | no me parece bien | no me va bien
no me viene bien | mejor no | prefiero que no | no hace falta
"""

VERBS = frozenset(
    listed(
        "puedo puede pueden he ha han me se le les lo la hay funciona encuentro reconozco recuerdo oigo"
        " entiendo quiero necesito estoy esta tengo tiene se llega ha fue era deja voy va"
    )
)
"""Right behind "no" these are what is denied: "no encuentro mi tarjeta" answers nothing."""

ANSWERS = Answers(
    phrases={"no": phrases(NO), "yes": phrases(YES)},
    not_behind={
        "si": frozenset(listed("pudiera pudieran fuera hubiera")),
        "eso es": frozenset(("todo",)),
        "bueno": frozenset(listed("buenos buenas")),
        "claro": frozenset(("que",)),
        "cierto": frozenset(("cargo",)),
        "por favor": frozenset(listed("quiero digame repita necesito")),
        "mal": frozenset(("cobrado",)),
        "no": frozenset(listed("obstante se lo estoy")),
        "ninguno": frozenset(("de",)),
        "bien": frozenset(("que",)),
    },
    only_at_the_end=frozenset(
        " ".join(words)
        for words in phrases(
            """
si lo tengo | lo tengo | si tengo | tengo | si quiero | si lo quiero | no quiero | no lo tengo | no la tengo
no tengo | lo es | bien | mal | por favor | si es | seguro | bueno | no lo quiero | verdad | nunca
me va bien | me viene bien | no me va bien | no me viene bien | por que no | ninguno | adelante | dale
"""
        )
    ),
    behind_an_answer=frozenset(
        listed("por gracias si no y pero claro esta es correcto muy eso senor senora exacto perfecto")
    ),
    softeners=FILLERS | frozenset(listed("ah oh pues bueno y pero ay entonces hola")),
    strong=frozenset(listed("correcto es incorrecto perdon")),
)
