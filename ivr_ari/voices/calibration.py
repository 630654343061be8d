"""
What a new voice says so that its loudness is learnt (see `loudness`): sentences as a telephone hears them.

Long and short ones, questions and answers, values and names; a hundred and some in each language.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice

__all__ = ["calibration"]

COUNT = 120

ENGLISH = (
    *(
        "Sure.",
        "Thank you.",
        "Goodbye.",
        "Hello!",
        "Yes.",
        "No problem.",
        "All right.",
        "One moment, please.",
    ),
    *("Hello, this is the automated assistant. How can I help you today?", "Sorry?", "Is that right?"),
    "I am sorry, I did not understand that. Could you say it again?",
    "Our opening hours are nine to five, Monday to Friday, and ten to two on Saturdays.",
    "I will connect you with a colleague now. Please stay on the line.",
    "Please say or key in your account number, followed by the pound key.",
    "You can say things like: what is my balance, or: I want to book a table for four.",
    "For the list of fees, press one; for everything else, stay on the line.",
    "Nobody is free right now, but we can call you back within the hour.",
)
ENGLISH_FRAMES = (
    "Your {thing} is {value}.",
    "Do you mean your {thing}?",
    "Which {thing} would you like to change?",
    "All right: your {thing}.",
    "I have {value} for your {thing}, is that right?",
    "The {thing} you asked about was closed on {day}.",
    "On {day} at {value} we can look at your {thing} together.",
    "For your {thing}, press two.",
    "I could not find a {thing} with the number {value}.",
    "Without a {thing} nobody can help you before {day}.",
    "Shall I read the {thing} to you again, slowly?",
    "Back to your {thing}: what should happen on {day}?",
)
ENGLISH_WORDS = {
    "thing": ("balance", "savings account", "order", "table for two", "appointment", "checking account")
    + ("delivery", "credit card", "refund", "password", "booking in the garden"),
    "value": (
        "forty two dollars and nineteen cents",
        "three thirty p m",
        "four one one, zero seven three three",
    )
    + ("A B, one two zero four", "twenty two percent", "six", "one thousand two hundred", "eleven fifteen"),
    "day": (
        "Monday",
        "March third",
        "Friday afternoon",
        "the twenty first of June",
        "Thursday",
        "Christmas eve",
    ),
}

SPANISH = (
    *("Claro.", "Muchas gracias.", "Adiós.", "¡Hola!", "Sí.", "De acuerdo.", "Un momento, por favor."),
    *("Hola, le damos la bienvenida. ¿En qué puedo ayudarle hoy?", "¿Perdón?", "¿Es correcto?"),
    "Lo siento, no le he entendido. ¿Puede repetirlo?",
    "Nuestro horario es de nueve a cinco, de lunes a viernes, y los sábados de diez a dos.",
    "Le paso con una persona del equipo. No cuelgue, por favor.",
    "Por favor, diga o marque su número de cuenta y después la tecla numeral.",
    "Puede decir, por ejemplo: cuál es mi saldo, o: quiero reservar una mesa para cuatro.",
    "Ahora mismo no hay nadie libre, pero podemos llamarle dentro de una hora.",
)
SPANISH_FRAMES = (
    "Tengo {value} en {thing}.",
    "¿Se refiere a {thing}?",
    "¿Qué quiere cambiar de {thing}?",
    "Muy bien: {thing}.",
    "Veo {value} en {thing}, ¿es correcto?",
    "El {day} revisamos {thing}.",
    "El {day}, a las tres y media, vemos juntos {thing}.",
    "Para {thing}, pulse dos.",
    "No he encontrado {thing} con el número {value}.",
    "Sin {thing}, nadie le puede ayudar antes del {day}.",
    "¿Quiere que le lea {thing} otra vez, más despacio?",
    "Volvamos a {thing}: ¿qué hacemos el {day}?",
)
SPANISH_WORDS = {
    "thing": ("su saldo", "la cuenta de ahorros", "su pedido", "la mesa para dos", "su cita", "su factura")
    + ("la cuenta corriente", "el envío", "la tarjeta de crédito", "su reserva en el jardín", "la clave"),
    "value": ("cuarenta y dos dólares con diecinueve centavos", "cuatro uno uno, cero siete tres tres")
    + ("mil doscientos euros", "veintidós por ciento", "seis", "ciento quince", "A B, uno dos cero cuatro"),
    "day": (
        "lunes",
        "tres de marzo",
        "viernes por la tarde",
        "veintiuno de junio",
        "jueves",
        "día de Navidad",
    ),
}

PLAIN = ("4 7 12", "350", "1, 2, 3", "98 65, 4 3 2 1", "1000 20", "5 5 5, 1 2 3, 4 5 6 7", "16 15", "2 0 2 6")
"""For any other language: numbers, which every pronouncer reads in its own."""


def calibration(language: str) -> tuple[str, ...]:
    """Return the sentences for a voice of that language."""
    if language == "en":
        return (*ENGLISH, *islice(_filled(ENGLISH_FRAMES, ENGLISH_WORDS), COUNT - len(ENGLISH)))
    if language == "es":
        return (*SPANISH, *islice(_filled(SPANISH_FRAMES, SPANISH_WORDS), COUNT - len(SPANISH)))
    pairs = (f"{one}, {other}." for one in PLAIN for other in PLAIN)
    return (*(f"{one}." for one in PLAIN), *pairs)


def _filled(frames: tuple[str, ...], words: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Go round the frames with the next word of each kind: 12 frames and 11 things make 132 sentences."""
    fillings = {kind: cycle(found) for kind, found in words.items()}
    for frame in cycle(frames):
        yield frame.format_map(
            {kind: next(filling) for kind, filling in fillings.items() if f"{{{kind}}}" in frame}
        )
