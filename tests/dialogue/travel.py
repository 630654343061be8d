"""A flow that books journeys, for changes of mind: two towns, two days, something to undo, and exclusions."""

from __future__ import annotations

from functools import cache

from ivr_ari.dialogue.flow import Flow

from .conversation import flow_of
from .small import STANDARD

__all__ = ["travel"]

TRAVEL = (
    """\
flow: travel
start: hello
main: {ask: what, more: more}
tasks:
  book:
    title: your journey
    intents: [book]
    key: "1"
    excludes: [tour]
    needs: [from-town, to-town, leave-on]
    steps:
      - ask: class
      - confirm: shall-i
        slots: [to-town, leave-on, class]
      - action: reserve
      - say: booked
      - ask: window
      - say: have-fun
    undo:
      - action: release
    cancel: {confirm: really-leave, say: journey-left}
  tour:
    title: a guided tour
    intents: [tour]
    steps:
      - ask: tour-day
      - say: tour-is
  pay:
    title: your payment
    intents: [pay]
    key: "2"
    steps:
      - ask: amount
      - action: charge
      - say: paid
  back-trip:
    title: your way back
    intents: [back-trip]
    steps:
      - ask: [leave-on, return-on]
      - say: return-is
  vow:
    title: your vow
    intents: [vow]
    cancel: {allowed: no}
    steps:
      - ask: amount
  alarm:
    title: an emergency
    intents: [alarm]
    priority: 0
    steps:
      - ask: place
      - say: help-comes
  visit:
    title: a visit
    intents: [visit]
    steps:
      - when: empty(visit_time)
        then:
          - ask: part
      - ask: visit-time
      - say: visit-is
answers:
  luggage:
    title: luggage
    intents: [luggage]
    steps:
      - action: look-up
      - say: luggage-is
  pets:
    title: pets
    intents: [pets]
    steps:
      - say: pets-are
intents:
  book: [book a journey, i want to travel, a ticket please]
  tour: [a guided tour, show me the town, tour please]
  pay: [pay my bill, i want to pay, payment]
  back-trip: [the way back, return trip, go back home]
  vow: [make a vow, i vow, my vow]
  alarm: [help me now, an emergency, it burns]
  visit: [visit us, come by, make a visit]
  luggage: [how many bags, luggage, my suitcase]
  pets: [can i bring my dog, pets, my cat]
types:
  town:
    choices:
      boston: [boston]
      austin: [austin]
      denver: [denver]
slots:
  from-town: {type: town, ask: from-where, after: [from]}
  to-town: {type: town, ask: to-where, after: [to]}
  leave-on: {type: date, tense: future, ask: when, again: when-short, after: [on]}
  return-on:
    type: date
    ask: when-back
    after: [back on]
    must:
      - be: return_on >= leave_on
        else: back-too-early
  class:
    type: choice
    ask: which-class
    help: one-class-only
    choices: {first: [first class], second: [second class]}
    keys: {"1": first, "2": second}
  tour-day: {type: date, ask: tour-when}
  amount: {type: amount, ask: how-much}
  window: {type: yesno, ask: window-seat}
  place: {type: choice, ask: where, choices: {here: [here], there: [there]}}
  part: {type: choice, ask: which-part, choices: {morning: [morning], evening: [evening]}}
  visit-time: {type: time, ask: what-time}
  bags: {type: number}
  ticket: {type: text}
actions:
  reserve:
    backend: rail
    request: POST /tickets
    body: {from: "{from-town}", to: "{to-town}", on: "{leave-on}", class: "{class}"}
    answer: {ticket: ticket}
    while: [one-moment, still-busy]
    every: 3s
    failed:
      other:
        - say: cannot-book
        - end: failed
  release:
    backend: rail
    request: DELETE /tickets/{ticket}
    failed:
      other:
        - end: failed
  charge:
    backend: rail
    request: POST /payments
    body: {amount: "{amount}"}
    failed:
      other:
        - end: failed
  look-up:
    backend: rail
    request: GET /bags
    answer: {bags: bags}
    failed:
      other:
        - end: failed
anywhere:
  person: {key: "0", hand-over: agent}
  slower: {key: "7"}
  language: {key: "8"}
handover: {targets: [agent], say: moment, summary: "{reason}"}
ladders:
  silence: [{say: sorry}, {hand-over: agent}]
  no-match: [{say: sorry}, {say: sorry}, {hand-over: agent}]
  low-confidence: [{say: hardly-heard}, {hand-over: agent}]
  noise: [{say: noisy}, {hand-over: agent}]
prompts:
  hello: Hello.
  what: What can I do?
  more: Anything else?
  from-where: From Boston, Austin or Denver?
  to-where: To Boston, Austin or Denver?
  when: On which day do you leave?
  when-short: Which day?
  when-back: And back?
  back-too-early: That is before you leave.
  which-class: First class or second class?
  one-class-only: You can only have one of them.
  shall-i: "To {to-town} on {leave-on} in {class}: all right?"
  booked: "Booked, ticket {ticket}."
  window-seat: At the window?
  have-fun: Have fun.
  really-leave: Do you really want to leave this?
  journey-left: The journey is off.
  tour-when: On which day is the tour?
  tour-is: "Your tour is on {tour-day}."
  how-much: How much?
  paid: "Paid {amount}."
  return-is: "There on {leave-on}, back on {return-on}."
  where: Here or there?
  help-comes: Help is coming.
  which-part: In the morning or in the evening?
  what-time: At what time?
  visit-is: "See you at {visit-time}."
  luggage-is: "{bags} bags are fine."
  pets-are: Pets are fine.
  one-moment: One moment.
  still-busy: Still busy.
  cannot-book: I cannot book now.
  moment: One moment.
  sorry: Sorry?
  hardly-heard: I hardly heard you.
  noisy: It is noisy.
"""
    + STANDARD
    + """\
  cannot-cancel: It has to be.
  instead: "{task} instead of {tasks}."
  what-is-wrong: What is wrong with it?
  undone: I have taken that back.
  person-for-that: Shall a person do it?
  slower-now: Slower now.
  faster-now: Faster now.
  louder-now: Louder now.
  quieter-now: Quieter now.
  language-now: English it is.
  same-as-before: "{value}, as before."
  nothing-before: There was nothing before.
  cannot-go-back: This is the beginning.
"""
)


@cache
def travel() -> Flow:
    return flow_of(TRAVEL)
