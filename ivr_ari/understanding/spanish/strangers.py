"""
Spanish sentences that are no request of any service: what callers say to others, small talk, questions for
somebody else. They are the class "none of these" when intents are learnt.
"""

from __future__ import annotations

__all__ = ["SENTENCES"]

SENTENCES = tuple(
    """
qué tiempo hace hoy
va a llover mañana
cuéntame un chiste
quién ganó el partido anoche
cuál es la capital de francia
cuántos años tienes
te gusta la música
pon algo de jazz
enciende las luces de la cocina
pon una alarma para las seis de la mañana
cómo se hace el arroz
qué restaurante bueno hay por aquí
mi perro le está ladrando al vecino
los niños están en el coche
creo que se está quemando la sopa
cariño puedes abrir la puerta
siéntate y termina los deberes
está lloviendo fuera
fui a la playa con mi hermana
la reunión era sobre el nuevo proyecto
dijo que vendría más tarde
no le gusta esa película
estamos cenando ahora mismo
me encanta el color que tiene
eso fue hace mucho tiempo
depende de lo que usted piense
esto es una prueba
uno dos tres probando
la línea se oye muy mal
ahora mismo estoy en el autobús
qué opina usted de eso
por qué el cielo es azul
qué altura tiene la torre
cómo se dice hola en inglés
cuándo sale el tren
quién es el presidente
a qué distancia está la luna
cuánto son dos y dos
recomiéndame un libro
hoy me siento cansado
feliz cumpleaños
la televisión está muy alta
dónde he puesto las llaves
tengo que ir al supermercado
mi coche está en el garaje
él es médico y ella es abogada
se me ha metido algo en el zapato
tiene usted una voz muy bonita
eso no es asunto suyo
quieres un café
se me ha olvidado lo que quería decir
estaba pensando en otra cosa
qué interesante
bueno ya sabe cómo es
algo así
no tengo opinión sobre eso
cuántas calorías tiene una manzana
resérvame un vuelo a londres
cuál es el sentido de la vida
hay algo bueno en la tele esta noche
quisiera una pizza con champiñones
mi ordenador no arranca
cómo se cambia una rueda pinchada
qué hora es en tokio
llama a mi madre
manda un mensaje a juan
léeme las noticias
no sé qué decirle
espera que viene mi marido
baja la música por favor
""".strip().splitlines()
)
