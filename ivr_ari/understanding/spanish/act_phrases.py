"""
How Spanish speakers put what they do: the tables behind `..acts`.

Patterns are regular expressions over lower-case words without accents, joined by blanks; they match whole
words.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...events import Act
from ..acts import ActTables
from ..words import listed
from .words import FILLERS

__all__ = ["ACTS"]

_BODY = (
    r"(?:persona|alguien|humano|ser humano|agente|representante|operador|operadora|asesor|asesora"
    r"|encargado|encargada|companero|companera|empleado|empleada|supervisor|supervisora|gerente)"
)
_SOME = r"(?:(?:un|una|el|la|algun|alguna|otro|otra|su|mi) )?"
_REAL = r"(?: (?:real|humana|de verdad|de carne y hueso|humano))?"
_WHILE = r"(?:un|una) (?:momento|momentito|minuto|minutito|segundo|segundito|instante)"
_VERY = r"(?:muy |tan |demasiado |bastante )*"
_MORE = r"(?:un poco |un poquito |mucho |aun )?"
_TALK = r"(?:hable|habla|hablar|hablame|hableme|digalo|dilo|vaya|ve|lea|leelo|lealo)"

ANYWHERE: Mapping[Act, tuple[str, ...]] = {
    "person": (
        rf"(?:hablar|hable|hablo|comunicarme|conversar|charlar) con {_SOME}{_BODY}{_REAL}",
        rf"(?:paseme|pasame|pase|pongame|ponme|comuniqueme|comunicame|transfierame|conecteme|me pasa|me pone)"
        rf" (?:con|a) {_SOME}{_BODY}{_REAL}",
        rf"(?:quiero|necesito|prefiero|quisiera|deme) {_SOME}{_BODY}{_REAL}"
        r"(?! (?:que (?:hable|me)|autorizada))",
        r"persona real|persona humana|ser humano|atencion al cliente|servicio al cliente",
        r"(?:que me atienda|atiendame) (?:una persona|alguien|un humano)",
    ),
    "repeat": (
        r"(?:repita|repitalo|repitamelo|repite|repitelo|repitemelo|repetir|repetirlo|repetirmelo)"
        r"(?: (?:eso|la pregunta|lo|otra vez|de nuevo|por favor))*",
        r"(?:digalo|dilo|digamelo|dimelo|decirlo|decirmelo|diga|digame) (?:otra vez|de nuevo)",
        r"(?:que|como) (?:ha dicho|has dicho|dijo|dice|decia)|como dice|que decia|otra vez por favor",
        r"(?:cual|que) (?:es|era|fue) la pregunta|que me (?:ha )?(?:preguntado|preguntaba|pregunto)",
        r"no (?:le |te |lo |la )?(?:he |pude |puedo )?(?:oi|oido|oir|escuche|escuchar|entendi|entendido"
        r"|entiendo|entender)(?: (?:bien|nada|lo que (?:dijo|ha dicho)|la pregunta))*(?! nada de)",
    ),
    "start-over": (
        r"(?:empezar|empecemos|empiece|volver a empezar|volvamos a empezar|comenzar|comencemos)"
        r"(?: (?:de nuevo|otra vez|desde (?:el|cero|el principio)(?: principio)?))",
        r"desde el principio|desde cero|menu principal|volver a empezar|al principio",
    ),
    "back": (
        r"(?:volver|vuelva|vuelve|ir|volvamos|regresar|regrese) (?:atras|para atras|a la pregunta anterior"
        r"|a lo anterior)|(?:pregunta|paso|menu) anterior|un paso atras|hacia atras",
    ),
    "hold-on": (
        rf"(?:espere|espera|aguarde|aguarda|deme|dame|permitame)(?:me)? {_WHILE}|{_WHILE} por favor",
        rf"no cuelgue|dej[ea]me (?:mirar|ver|buscar|pensar|comprobar)|{_WHILE}",
        r"a ver (?:donde|si)|un momentito",
    ),
    "cancel": (
        r"olvidelo|olvidalo|olvidese|dejelo|dejalo|da igual ya|no importa|cancele (?:eso|todo|esto)",
        r"cancelelo|cancelalo|ya no hace falta|dejemoslo",
    ),
    "goodbye": (
        r"adios|hasta luego|hasta pronto|hasta manana|que (?:tenga|pase) (?:un )?buen(?:a|os)? (?:dia|tarde)",
        r"(?:nada|no) mas|eso es todo|es todo|eso seria todo|con eso es todo|ya esta todo|nada mas gracias",
        r"no necesito nada mas|ya he terminado|ya termine|hemos terminado",
    ),
    "thank": (r"(?:muchas |mil |muchisimas )?gracias(?: por (?:todo|su ayuda))?|se lo agradezco|muy amable",),
    "complain": (
        rf"(?:esto|eso) (?:es|esta) {_VERY}(?:ridiculo|absurdo|inaceptable|horrible|una verguenza|increible)",
        r"(?:que|es una) verguenza|esto no funciona|no me (?:entiende|escucha|esta escuchando|ayuda)",
        r"ya (?:se lo |te lo |lo )?(?:he dicho|dije)|siempre lo mismo|estoy (?:harto|harta|enfadado|enfadada"
        r"|molesto|molesta|cansado|cansada)|me hace(?:n)? perder el tiempo|pesimo servicio|es un desastre",
    ),
    "help": (
        r"que (?:puedo|tengo que|debo) decir|que opciones (?:hay|tengo)|cuales son (?:mis|las) opciones",
        r"que (?:puede|puedes|sabe|sabes) hacer|como funciona esto|no se que (?:decir|hacer)",
    ),
    "slower": (
        rf"{_MORE}mas (?:despacio|lento|lentamente)|{_TALK} (?:despacio|lento)|no tan (?:rapido|deprisa)",
        rf"(?:habla|hablas|va|vas|es) {_VERY}(?:rapido|deprisa)|demasiado rapido",
    ),
    "faster": (
        rf"{_MORE}mas (?:rapido|deprisa|ligero)|no tan (?:lento|despacio)|demasiado (?:lento|despacio)",
    ),
    "louder": (
        rf"{_MORE}mas (?:alto|fuerte|volumen)|suba (?:el|la) (?:volumen|voz)|apenas (?:le|te|se) (?:oigo|oye)"
        r"|(?:le|te|se) (?:oigo|oye|escucho|escucha) (?:muy|tan) (?:bajo|bajito|mal|poco)",
    ),
    "quieter": (rf"{_MORE}mas (?:bajo|bajito|suave)|no tan (?:alto|fuerte)|baje (?:el|la) (?:volumen|voz)",),
    "both": (
        r"(?<!a )(?<!para )(?:las|los) dos(?! (?:y|de|en|menos|cifras|letras|ultim\w+|primer\w+))",
        r"amb[oa]s",
    ),
    "same": (
        r"(?:el|la|lo) mism[oa](?: (?:de|que) (?:antes|siempre|la ultima vez))?(?! (?:dia|mes))",
        r"igual que antes",
    ),
    "other": (r"(?:el|la) otr[oa](?! (?:vez|persona|lado|direccion|parte|dia))",),
}
"""Patterns that count wherever they stand."""

ALONE: Mapping[Act, str] = {
    "person": rf"{_SOME}{_BODY}{_REAL}",
    "repeat": r"que|como|perdon|perdone|disculpe|disculpa|mande|eh|otra vez|de nuevo|repita|repetir"
    r"|perdon que|perdon como|como perdon",
    "start-over": r"reiniciar|inicio|menu|empezar",
    "back": r"atras|volver|anterior|regresar",
    "hold-on": rf"espere|espera|aguarde|{_WHILE}|momento|momentito|a ver|ahora mismo",
    "cancel": r"cancelar|cancele|cancela|anular|parar|pare|salir|dejelo|no nada",
    "help": r"ayuda|ayudeme|ayudame|necesito ayuda|me puede ayudar|puede ayudarme|opciones|no se|ni idea"
    r"|no lo se|no estoy segur[oa]|no tengo ni idea",
    "goodbye": r"adios|chao|chau|nada|nada mas|buenas noches|ya esta|listo gracias|colgar|eso es todo",
    "greet": r"(?:hola|buenas|buenos dias|buen dia|buenas tardes|buenas noches|digame|diga|alo|oiga)",
    "back-channel": r"(?:(?:aja|mm|mhm|ya|ah|oh|entiendo|entendido|ya veo|vale|ok|bueno|bien)(?: |$))+",
}
"""Patterns that count only if the clause holds nothing else but politeness."""

GREETING = r"(?:hola|buenas|buenos dias|buen dia|buenas tardes|buenas noches)(?: (?:buenas|buenos) \w+)?"
"""Opens a turn that goes on."""

POLITE = frozenset(
    listed(
        "por favor quiero quisiera puede puedes podria me un una poco ah oh vale bueno pues y si no claro eh"
        " oiga ahora para hola entonces perdon tengo que gustaria necesito lo mejor usted se le pero"
    )
)
"""Words that add nothing to an act."""

CORRECTIONS = (
    r"mejor (?:dicho|no|el|la|los|las|a|al|en|que|desde|de|con|cuando)|(?:quiero|quise|queria) decir|digo"
    r"|corrijo|correccion|rectifico",
    r"me (?:he equivocado|equivoque|he confundido|confundi)|(?:eso )?(?:esta|estaba) mal",
    r"perdon (?:es|era|son)",
    r"(?:no )?(?:espere|espera) (?:no|que|es)|no espere|no perdon|(?:mas|o) (?:bien|mejor)"
    r"|en realidad (?:es|era|son|no)",
    r"(?:cambielo|cambialo|cambiela|pongalo|ponlo|ponga|dejelo en|que sea|que sean|hagalo)"
    r"(?: (?:a|al|por|para|el|la|en|de))?",
    r"he cambiado de (?:idea|opinion)|cambie de (?:idea|opinion)|en vez de(?: eso)?|en lugar de(?: eso)?",
    r"no (?:es|era|son|dije|he dicho) (?:el |la |los |las )?\w+(?= (?:es|era|sino|son) )",
)
CHANGES = r"(?:cambiar|cambie|corregir|corrija|corrige|cambia) (?:el|la|mi) (?:\w+ )?\w+ (?:a|al|por)"
"""Corrects when nothing is asked for."""

CORRECTION_MARKS = frozenset(listed("no perdon espere espera mejor digo ay uy disculpe"))
"""With a value and no request these words alone correct something: "no martes"."""

UNFINISHED = frozenset(
    listed(
        "y o pero el la los las un una mi su son para de del desde con en al a por porque que quiero"
        " necesito cuando entre hasta se me yo sea seria mis cuyo"
    )
) | frozenset(
    f"{name} es"
    for name in listed(
        "numero cuenta clave pin nombre fecha nacimiento telefono importe cantidad direccion apellido codigo"
        " pedido receta tarjeta postal paciente secreto movil celular"
    )
)
"""Words, and pairs of them, with which no sentence ends."""

WHOLE = frozenset(
    listed("si que como mas y-no")
    + ("asi es", "lo que es", "creo que si", "ya se", "no se", "eso es", "no mas", "nada mas", "claro que si")
    + ("que mas", "lo es", "por que", "no lo se", "uno mas", "una mas", "supongo que si", "sabe que")
    + ("si es", "no es", "como es", "cuanto es", "por supuesto que si", "eso si que si", "para que")
)
"""Ends that look unfinished and are not."""

WEAK = frozenset(
    listed("vale ok okey okay bien bueno claro si no exacto perfecto genial listo venga dale tengo")
    + ("muy bien", "de acuerdo", "esta bien", "por favor", "por supuesto")
)
"""In front of something else these are no answer unless one was asked for: "no encuentro mi tarjeta"."""

ACTS = ActTables.of(
    (ANYWHERE,),
    (ALONE,),
    (GREETING, "|".join(CORRECTIONS), CHANGES),
    correction_marks=CORRECTION_MARKS,
    unfinished=UNFINISHED | (FILLERS - {"bueno", "esto", "este"}) | {"me gustaria", "podria usted"},
    whole=WHOLE,
    polite=POLITE,
    please=frozenset(("por", "favor")),
    weak_yes=WEAK,
)
