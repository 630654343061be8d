"""A small flow that is right, to be spoilt one line at a time."""

from __future__ import annotations

from pathlib import Path

from ivr_ari.errors import FlowError
from ivr_ari.language.load import parse_flow

FLOWS = Path(__file__).parents[2] / "flows"

STANDARD = """\
  acknowledge: "Sure: {tasks}."
  queued: "{tasks}: next."
  did-you-mean: "Do you mean {tasks}?"
  back-to: Back to {task}.
  understood: "{value}."
  is-that-right: "{value}, right?"
  changed: "All right, {value}."
  already-done: Too late.
  cannot-now: I cannot.
  key-yes-no: One for yes.
  key-first-second: One or two.
  use-keys: Use your keys.
  take-your-time: Take your time.
  apology: I am sorry.
  goodbye: Goodbye.
  starting-over: From the beginning.
  cancelled: All right.
"""
"""What every flow with intents says by itself, to stand at the end of `prompts`."""

SMALL = (
    """\
flow: small
language: en
start: hello
main:
  ask: what
  more: more
tasks:
  order:
    title: your order
    intents: [order]
    key: "1"
    needs: [number]
    steps:
      - action: look-up
      - when: {state: lost}
        then:
          - say: sorry
          - hand-over: agent
            reason: lost
        else:
          - say: order-is
      - ask: rating
      - confirm: sure
  gift:
    title: a gift
    intents: [gift]
    steps:
      - ask: paper
      - ask: price
      - set: {note: "wrapped in {paper}"}
      - say: gift-is
answers:
  place:
    title: where we are
    intents: [place]
    steps:
      - say: place-is
intents:
  order: [where is my order, order status, my order]
  gift: [i need a gift, a gift please, something nice]
  place: [where are you, your address, how do i get there]
slots:
  number:
    type: digits
    length: 4-6
    check-digit: luhn
    called: [order number]
    ask: ask-number
    invalid: bad-number
    confirm: explicit
  state:
    type: choice
    choices:
      lost: [lost]
      shipped: [shipped, on its way]
  rating:
    type: number
    least: 1
    most: 5
    ask: ask-rating
  paper:
    type: choice
    ask: ask-paper
    choices:
      red: [red, the red one]
      blue: [blue]
    keys: {"1": red, "2": blue}
    confirm: implicit
  price:
    type: amount
    least: 5
    ask: ask-price
  note:
    type: text
actions:
  look-up:
    backend: shop
    request: GET /orders/{number}?lang=en
    answer: {state: order.state}
    while: moment
    failed:
      404:
        - say: bad-number
        - ask-again: number
      other:
        - hand-over: agent
          reason: backend
anywhere:
  person: {key: "0", hand-over: agent}
handover:
  targets: [agent, sales]
  default: agent
  say: moment
  summary: "{reason}: {open}"
ladders:
  silence:
    - say: sorry
    - leave: error
  no-match:
    - say: sorry
    - say: sorry
      keypad: yes
    - hand-over: agent
prompts:
  hello: Hello.
  what: What can I do?
  more: Anything else?
  moment: {say: One moment., barge-in: no}
  ask-number: Your order number?
  bad-number: That is no order number.
  ask-rating: How do you rate us, from one to five?
  ask-paper: Red or blue paper?
  ask-price: For how much?
  order-is: "Order {number|spell} is {state}."
  gift-is: "{note}, for {price|money}."
  place-is: Main Street.
  sure: Is that all right?
  sorry: Sorry?
"""
    + STANDARD
)


def line_of(text: str, part: str) -> int:
    """Return the number of the line that holds *part*."""
    return text[: text.index(part)].count("\n") + 1


def problems(text: str) -> list[tuple[int, str]]:
    """Return what is wrong with the flow in *text*: line and sentence."""
    try:
        parse_flow(text, "small.yaml")
    except FlowError as error:
        found = error.facts["problems"]
        assert isinstance(found, list)
        assert all(problem.file == "small.yaml" for problem in found)
        return [(problem.line, problem.text) for problem in found]
    return []


def spoilt(right: str, wrong: str) -> tuple[int, list[tuple[int, str]]]:
    """Replace a part of the small flow; return its line, and what is found wrong."""
    assert SMALL.count(right) == 1, f"{right!r} is not there once"
    return line_of(SMALL, right), problems(SMALL.replace(right, wrong))
