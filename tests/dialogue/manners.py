"""A small hotel in two languages, with everything the language has for good manners."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

from ivr_ari.dialogue.engine import begin
from ivr_ari.dialogue.flow import Flow
from ivr_ari.events import Began
from ivr_ari.language.load import parse_bundle

from .conversation import TODAY, Conversation
from .small import STANDARD

HOTEL = (
    """\
flow: hotel
language: en
translations: {es: es.yaml}
start: hello
main: {ask: what, more: more, ladders: {silence: [{say: hm}, {leave: error}]}}
tasks:
  book:
    title: a room
    intents: [book]
    key: "1"
    needs: [stay, room, guests]
    steps:
      - set: {rate: "= 80 * guests if room == 'suite' else 50.5", late: "= guests > 2"}
      - when: rate > 100 and late
        then:
          - say: many
        else:
          - say: few
      - confirm: book-it
        slots: [stay, room]
      - action: book
      - say: booked
  find:
    title: your booking
    intents: [find]
    key: "2"
    needs: [code]
    steps:
      - action: find
      - say: found
  wake:
    title: a wake-up call
    intents: [wake]
    steps:
      - run: late-hours
      - run: late-hours
      - ask: at
      - ask: phone
      - ask: who
      - say: wake-at
      - leave: done
        reason: woken
        variables: {IVR_WHO: "{who}", IVR_PHONE: "{phone}"}
  bye:
    title: the end
    intents: [bye]
    steps:
      - hang-up: sleep-well
        reason: asleep
  concierge:
    title: the concierge
    intents: [concierge]
    steps:
      - hand-over: tickets
        reason: tickets
  busy:
    title: the desk
    intents: [desk]
    steps:
      - action: desk
      - when: desk_state == 'INUSE'
        then:
          - say: desk-busy
      - action: waiting
      - action: number-called
  late-hours:
    title: our nights
    steps:
      - set: {note: ""}
      - ask: note
  nobody:
    title: what now
    steps:
      - when: {outcome: closed}
        then:
          - say: all-asleep
        else:
          - say: nobody-there
answers:
  pool: {title: the pool, intents: [pool], steps: [{say: pool-is}]}
intents:
  book: [i need a room, book a room, a room please, do you have a room]
  find: [find my booking, where is my booking, my booking, look up my booking]
  wake: [a wake up call, wake me up, please wake me, i need a wake up call]
  bye: [good night, sleep well, that is all for tonight, i go to bed]
  concierge: [tickets please, i need tickets, tickets for the opera, get me tickets]
  desk: [is the desk free, the front desk, call the desk, somebody at the desk]
  pool: [is there a pool, the swimming pool, where is the pool, when is the pool open]
types:
  room-kind:
    choices:
      double: [double, double room]
      suite: [suite, the big one]
slots:
  stay: {type: range, tense: future, ask: ask-stay, confirm: by-risk}
  room:
    type: room-kind
    ask: ask-room
    keypad: key-room
    confirm: by-confidence
    keys: {"1": double, "2": suite}
  guests:
    type: number
    least: 1
    ask: ask-guests
    invalid: bad-guests
    must:
      - {be: guests <= 4, else: too-many}
      - {be: not (room == 'double' and guests > 2), else: two-in-a-double}
    ladders:
      no-match: [{say: guests-again}, {hand-over: concierge}]
  rate: {type: amount}
  late: {type: yesno}
  code: {type: id, length: 6, pattern: "[A-Z]{2}[0-9]{4}", ask: ask-code, listen: open, sensitivity: health}
  guest: {type: text}
  desk-state: {type: text}
  waiting: {type: number}
  called: {type: text}
  at: {type: time, ask: ask-time}
  phone: {type: phone, ask: ask-phone}
  who: {type: name, ask: ask-name}
  note: {type: text, ask: ask-note}
actions:
  book:
    backend: house
    request: POST /rooms
    headers: {X-Token: secret house-token, X-Guests: "{guests}"}
    body: {stay: "{stay}", room: "{room}", rate: "{rate|cents}"}
    while: [moment, still-busy, nearly-there]
    every: 3s
    failed: {other: [{say: cannot-now}]}
  find:
    database: house
    query: SELECT name FROM bookings WHERE code = :code AND kind = 'room'
    answer: {guest: name}
    failed: {other: [{say: not-found}, {end: failed}]}
  desk:
    device: desk
    answer: {desk-state: state}
    failed: {other: [{end: failed}]}
  waiting:
    queue: guests
    answer: {waiting: waiting}
    failed: {other: [{end: failed}]}
  number-called:
    variable: DIALLED
    answer: {called: value}
    failed: {other: [{end: failed}]}
anywhere:
  person: {key: "0", hand-over: front}
hours:
  concierge: {zone: Europe/Madrid, open: {mon-fri: "09:00-17:00"}, closed: concierge-sleeps}
handover:
  targets:
    front: {languages: [en]}
    recepcion: {languages: [es]}
    concierge: {skills: [tickets, maps]}
  default: front
  say: moment
  unanswered: nobody
  summary: "{reason}: {open}"
ladders:
  silence: [{say: hm}, {hand-over: front}]
  no-match: [{say: sorry}, {say: sorry, keypad: yes}, {hand-over: front}]
  noise: [{say: loud}, {hand-over: front}]
prompts:
  hello: {say: [Welcome to the hotel.], short: [Hello again.]}
  what: What can I do for you?
  more: {say: Is there anything else?, short: [Anything else?, What else?]}
  ask-stay: From when to when?
  ask-room: A double or a suite?
  key-room: One for a double, two for a suite.
  ask-guests: {say: How many guests?, short: How many?}
  ask-code: What is your booking code?
  ask-time: When?
  ask-phone: On which number?
  ask-name: Who are you?
  ask-note: Anything to note?
  many: That is {rate|money} for {guests} guests.
  few: That is {rate|money}.
  book-it: "{stay}, a {room}. Shall I?"
  booked: Your {room} is booked.
  found: Booking {code} of {guest}.
  not-found: There is no {code}.
  wake-at: At {at} on {phone}, {who}.
  sleep-well: Good night.
  desk-busy: The desk is busy.
  pool-is: The pool is on the roof.
  all-asleep: Everybody is asleep.
  nobody-there: Nobody answers.
  concierge-sleeps: The concierge is not in.
  too-many: There is no room for so many.
  two-in-a-double: Two fit in a double.
  bad-guests: I need a number.
  guests-again: How many, please?
  still-busy: Still busy.
  nearly-there: Nearly there.
  hm: Hm?
  loud: It is loud where you are.
  moment: One moment.
  sorry: [Sorry?, Pardon?]
"""
    + STANDARD
)

ES = """\
language: es
prompts:
  hello: Bienvenido al hotel.
  what: ¿Qué desea?
  ask-stay: ¿De cuándo a cuándo?
  ask-room: ¿Doble o suite?
  key-room: Uno para doble, dos para suite.
  book-it: "{stay}, una {room}. ¿Reservo?"
  moment: Un momento.
  still-busy: Un poco de paciencia.
  acknowledge: "Muy bien: {tasks}."
  did-you-mean: "¿Quiere {tasks}?"
  is-that-right: "{value}, ¿correcto?"
  key-yes-no: Uno para sí.
titles: {book: una habitación, find: su reserva}
choices:
  room-kind: {double: [doble, habitación doble], suite: [suite grande]}
"""


@cache
def hotel() -> Flow:
    return parse_bundle(json.dumps({"hotel.yaml": HOTEL, "es.yaml": ES}))


def at_hotel(
    language: str = "en", *, now: str = "", known: bool = False, heard: tuple[str, ...] = ("en", "es")
) -> Conversation:
    """Return a call that has just begun; *heard* are the languages listened to."""
    flow = replace(hotel(), heard=heard)
    call = Conversation(flow)
    call.talk, call.effects = begin(flow, Began(TODAY, language, now=now, known=known))
    return call
