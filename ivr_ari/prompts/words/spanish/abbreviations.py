"""Spanish abbreviations (Ortografía de la lengua española, appendix 2, and what forms and signs use)."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["ANYWHERE", "LEADING"]

AMERICAN: tuple[tuple[str, str], ...] = (
    (r"\bP\.? ?O\.? Box\b", "apartado postal"),
    (r"\bSte\. ?(?=\d)", "suite "),
    (r"\bApt\. ?(?=\d)", "apartamento "),
    *(
        (rf"(?<=[a-z] ){short}\.(?=,|$)", words)
        for short, words in {
            "St": "Street",
            "Ave": "Avenue",
            "Rd": "Road",
            "Blvd": "Boulevard",
            "Dr": "Drive",
            "Ln": "Lane",
            "Ct": "Court",
        }.items()
    ),
)
"""In addresses of the United States, which are not translated."""

TITLES: Mapping[str, str] = {
    "Sr": "señor",
    "Sra": "señora",
    "Srta": "señorita",
    "Sres": "señores",
    "Sras": "señoras",
    "Dr": "doctor",
    "Dra": "doctora",
    "Dres": "doctores",
    "Prof": "profesor",
    "Profa": "profesora",
    "Lic": "licenciado",
    "Licda": "licenciada",
    "Ing": "ingeniero",
    "Arq": "arquitecto",
    "Abg": "abogado",
    "Gral": "general",
    "Sto": "santo",
    "Sta": "santa",
    "Mons": "monseñor",
    "Tte": "teniente",
    "Cnel": "coronel",
    "Cap": "capitán",
    "Mtro": "maestro",
    "Mtra": "maestra",
    "Gob": "gobernador",
    "Rvdo": "reverendo",
    "Excmo": "excelentísimo",
    "Excma": "excelentísima",
    "Ilmo": "ilustrísimo",
    "Hno": "hermano",
    "Hna": "hermana",
    "Pdte": "presidente",
    "Dña": "doña",
    "Dª": "doña",
    r"D\.ª": "doña",
    "Fco": "Francisco",
    "Mª": "María",
    r"M\.ª": "María",
    r"G\.?ª": "García",
    "Hnos": "hermanos",
}
"""Before a name."""

PLACES: Mapping[str, str] = {
    "Avda": "avenida",
    "Avd": "avenida",
    "Av": "avenida",
    "Pza": "plaza",
    "Plza": "plaza",
    "Pl": "plaza",
    "Pº": "paseo",
    r"P\.º": "paseo",
    "Ctra": "carretera",
    "Cno": "camino",
    "Cra": "carrera",
    "Crta": "carretera",
    "Urb": "urbanización",
    "Col": "colonia",
    "Bo": "barrio",
    "Edif": "edificio",
    "Esc": "escalera",
    "[Ee]sq": "esquina",
    r"C\.º": "camino",
    "Pta": "puerta",
    "Prov": "provincia",
    "Blvr": "bulevar",
    "Blvd": "bulevar",
    "Cl": "calle",
    "Pje": "pasaje",
    "Psje": "pasaje",
    "Gta": "glorieta",
    "Rda": "ronda",
    "Trav": "travesía",
    "Pol": "polígono",
    "Fracc": "fraccionamiento",
    "Mun": "municipio",
    "Jr": "jirón",
    "Tv": "transversal",
    "Diag": "diagonal",
}
"""Before a name or a number."""

COUNTED: Mapping[str, str] = {
    "núm": "número",
    "num": "número",
    "nro": "número",
    "pág": "página",
    "págs": "páginas",
    "art": "artículo",
    "cap": "capítulo",
    "vol": "volumen",
    "tel": "teléfono",
    "teléf": "teléfono",
    "tfno": "teléfono",
    "tlf": "teléfono",
    "tlfno": "teléfono",
    "telf": "teléfono",
    "cel": "celular",
    "ext": "extensión",
    "int": "interior",
    "apdo": "apartado",
    "apto": "apartamento",
    "dpto": "departamento",
    "depto": "departamento",
    "hab": "habitación",
    "ref": "referencia",
    "exp": "expediente",
    "cód": "código",
    "mz": "manzana",
    "lt": "lote",
    "bl": "bloque",
    "esc": "escalera",
    "pta": "puerta",
}
"""Before a number or a code, in any case."""

DOTTED: Mapping[str, str] = {
    "(?:Ud|Vd)": "usted",
    "(?:Uds|Vds)": "ustedes",
    "(?i:izda|izqda|izq)": "izquierda",
    "(?i:dcha|der)": "derecha",
    "(?i:entlo)": "entresuelo",
    "(?i:aprox)": "aproximadamente",
    "(?i:máx)": "máximo",
    "(?i:mín)": "mínimo",
    "(?i:etc)": "etcétera",
    "(?i:admón)": "administración",
    "(?i:atte)": "atentamente",
    "(?i:depto|dpto)": "departamento",
    "(?i:cta\\. ?cte)": "cuenta corriente",
    "(?i:cía)": "compañía",
    "(?i:nac)": "nacional",
    "(?i:incl)": "incluido",
    "(?i:dto)": "descuento",
    "(?i:doc)": "documento",
    "(?i:tel|tfno|teléf)": "teléfono",
    "p\\. ?ej": "por ejemplo",
    "a\\. ?C": "antes de Cristo",
    "d\\. ?C": "después de Cristo",
    "EE\\. ?UU": "Estados Unidos",
    "RR\\. ?HH": "recursos humanos",
    "S\\. ?A\\. de C\\. ?V": "ese a de ce uve",
    "S\\. ?A": "ese a",
    "S\\. ?L": "ese ele",
    "C\\. ?P": "código postal",
    "D\\. ?F": "de efe",
}
"""Need their full stop, which may end the sentence as well."""

PLAIN: Mapping[str, str] = {
    r"(?<=\b[Ll]a )Lic\.(?= )": "licenciada",
    r"(?<=\b[Ll]a )Ing\.(?= )": "ingeniera",
    r"(?<=\b[Ll]a )Prof\.(?= )": "profesora",
    r"(?<=\b[Ll]a )Arq\.(?= )": "arquitecta",
    r"(?<=\b[Ll]a )Abg\.(?= )": "abogada",
    r"\bNtra\.? ?(?=S)": "nuestra ",
    r"\bD\.(?= [A-ZÁÉÍÓÚÑ□])": "don",
    r"\b[Cc]/[Cc]\b": "cuenta corriente",
    r"\b[Cc]ta\.(?= (?!cte)[a-z\d.*□])": "cuenta",
    r"(?<!\w)[Cc]/\s?(?=[A-ZÁÉÍÓÚÑ\d])": "calle ",
    r"\b[Ss]/[Nn]\b": "sin número",
    r"\by/o\b": "y o",
    r"\bEEUU\b": "Estados Unidos",
    r"\bSA de CV\b": "ese a de ce uve",
    r"\bCP(?= ?[\d□])": "código postal",
    r"\b24/7\b": "las veinticuatro horas, los siete días de la semana",
    r"\b[Bb]º(?= |$)": "bajo",
    r"\b[Nn]\.?\s?[º°]\.?\s?(?=[\dA-Z□]|de )": "número ",
    r"\b[Cc]/u\b\.?": "cada uno",
    r"\b[Aa]/a\b": "a la atención de",
    r"(?<![\d□▫] )\b[Kk]m\.? (?=[\d□])": "kilómetro ",
    r"\b[Nn]o\.\s?(?=[\d□])": "número ",
    r"\bNúm\.(?= de )": "Número",
    r"\bnúm\.(?= de )": "número",
    r"\b[Tt]emp\. máx\.": "temperatura máxima",
    r"\b[Tt]emp\. mín\.": "temperatura mínima",
    r"(?<=a )est\.(?=:| [□\d])": "estimada",
    r"(?<=o )est\.(?=:| [□\d])": "estimado",
    r"\b[Tt]emp\.": "temperatura",
    r"\bvs\b\.?": "contra",
    r"\bq\. ?e\. ?p\. ?d\.": "que en paz descanse",
}

LEADING: tuple[tuple[str, str], ...] = (
    *AMERICAN,
    *PLAIN.items(),
    *((rf"\b{short}(?:\.|\b)(?= (?:y )?(?:[A-ZÁÉÍÓÚÑ□]|del? ))", words) for short, words in TITLES.items()),
    *(
        (rf"\b{short}(?:\.|\b)(?= (?:[A-ZÁÉÍÓÚÑ\d□]|de(?:l| la| los)?\b))", words)
        for short, words in PLACES.items()
    ),
    *(
        (rf"(?i)\b{short}(?:\.:?|:| )\s?(?=[\dA-Z]*\d|(?-i:[A-Z]\b)|□)", f"{words} ")
        for short, words in COUNTED.items()
    ),
)
"""
Pattern and reading, tried in order; the full stop of these ends no sentence. □ stands for a value that
follows (`rules.VALUE`).
"""

ANYWHERE: tuple[tuple[str, str], ...] = tuple((rf"\b{short}\.", words) for short, words in DOTTED.items())
