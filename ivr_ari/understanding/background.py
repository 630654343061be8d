"""
Sentences that are no request of any service: what callers say to others in the room, small talk, questions
for somebody else. They are the class "none of these" when intents are learnt.
"""

from __future__ import annotations

__all__ = ["SENTENCES"]

SENTENCES = tuple(
    """
what's the weather like today
will it rain tomorrow
tell me a joke
who won the game last night
what is the capital of france
how old are you
are you a robot
what is your name
do you like music
play some jazz
turn on the lights in the kitchen
set an alarm for six in the morning
how do i cook rice
what's a good restaurant around here
my dog is barking at the neighbor
the kids are in the car
i think the soup is burning
honey can you get the door
sit down and finish your homework
it's raining outside
i went to the beach with my sister
the meeting was about the new project
he said he would come later
she doesn't like that movie
we are having dinner right now
i really like the color of it
that was a long time ago
it depends on what you think
this is a test
one two three testing
can you hear me
i can't hear you very well
the line is really bad
i'm on the bus at the moment
what do you think about that
why is the sky blue
how tall is the tower
translate hello into spanish
when does the train leave
who is the president
how far is the moon
what's two plus two
recommend me a book
i'm feeling tired today
happy birthday to you
the television is too loud
where did i put my keys
i need to go to the grocery store
my car is in the garage
he is a doctor and she is a lawyer
there is something in my shoe
you have a nice voice
it's none of your business
do you want some coffee
i forgot what i wanted to say
i was just thinking about something
that is interesting
well you know how it is
something like that
i have no opinion on that
please leave the box at the door
how many calories are in an apple
book me a flight to london
what is the meaning of life
are there any good shows on tonight
i would like a pizza with mushrooms
my computer does not start
how do i fix a flat tire
what time is it in tokyo
call my mother
send a message to john
read me the news
""".strip().splitlines()
)
