"""
What a recogniser made of 123 synthesised telephone calls, 1157 words.

Written by ``python -m tests.bench.mishearing.count``: see tests/bench/mishearing/README.md.
"""

KINDS = {"added": 7, "confused": 111, "joined": 12, "lost": 52, "parted": 3}
"""How often each kind of error was heard."""

WORDS_HEARD = """
recognise>recognize:4 branch>friends:3 cheque_book>checkbooks:3 months>more:3 the>my:3 the>some:3 a>the:2
add>read:2 came>payment:2 every_month>everyone:2 fifty>sixty:2 husband>house_burned:2 in>m:2 into>to:2
locked>lots:2 month>stolen:2 on>will:2 paid>eight:2 pounds>on:2 refused>freeze:2 returned>return:2
second>checking:2 seven_two>seventy:2 shop>shah:2 since>of:2
"""
"""What was heard for a word, or for two; "_" stands between words."""

WORDS_LOST = """
the:9 a:3 in:3 move:3 on:3 of:2 two:2 until:2 account:1 am:1 been:1 blocked:1 card:1 else:1 ending:1
for:1 has:1 i:1 landlord:1 last:1 like:1 my:1 name:1 new:1 person:1 purchase:1 returned:1 since:1 third:1
this:1 to:1 train:1 would:1
"""
"""Words that were not heard."""

WORDS_ADDED = """
book:1 freak:1 medium:1 one:1 to:1 uber:1 was:1
"""
"""Words that nobody had said."""

PHONES_HEARD = """
D:-:13 -:T:11 AH:-:11 N:-:11 -:AH:8 -:S:8 IH:AH:8 P:-:8 S:-:8 TH:-:8 -:R:5 AE:EH:5 IH:-:5 IH:EH:5 N:M:5
N:R:5 R:-:5 -:IH:4 -:M:4 -:W:4 AH:AO:4 D:T:4 F:S:4 L:-:4 M:L:4 N:L:4 T:-:4 UW:IY:4 Z:-:4 Z:S:4 -:K:3
-:L:3 -:OW:3 -:P:3 -:Z:3 AH:AW:3 AH:AY:3 AH:ER:3 AH:IH:3 B:F:3 CH:D:3 DH:-:3 DH:M:3 DH:S:3 F:P:3 K:P:3
K:T:3 N:NG:3 Z:V:3 -:AO:2 -:AY:2 -:B:2 -:D:2 -:DH:2 -:F:2 -:IY:2 -:N:2 AA:AH:2 AA:AO:2 AA:IH:2 AW:AA:2
AW:EH:2 B:-:2 D:N:2 DH:L:2 ER:R:2 F:-:2 F:T:2 K:-:2 M:W:2 S:CH:2 S:V:2 T:S:2 UW:-:2 Y:R:2 -:EH:1 -:ER:1
-:EY:1 -:UH:1 -:UW:1 -:V:1 AE:-:1 AE:AH:1 AH:EH:1 AO:ER:1 AO:P:1 AO:UW:1 AW:-:1 B:D:1 B:DH:1 CH:-:1
CH:JH:1 D:B:1 D:V:1 D:Y:1 DH:B:1 DH:D:1 DH:TH:1 EH:AH:1 ER:-:1 ER:Z:1 EY:EH:1 EY:IH:1 F:M:1 G:-:1 G:N:1
IH:AE:1 IH:ER:1 IH:OW:1 IH:UW:1 IY:OY:1 IY:R:1 JH:D:1 K:D:1 K:S:1 L:N:1 L:R:1 L:W:1 L:Z:1 M:-:1 M:T:1
N:T:1 N:V:1 NG:-:1 NG:K:1 OY:AO:1 P:B:1 P:F:1 P:K:1 P:M:1 P:T:1 P:V:1 R:L:1 R:V:1 R:W:1 S:B:1 S:F:1 S:T:1
S:Z:1 SH:R:1 T:AO:1 T:D:1 T:K:1 T:P:1 TH:L:1 TH:NG:1 TH:S:1 TH:T:1 UH:AE:1 UW:IH:1 UW:OW:1 W:L:1 W:M:1
Y:-:1 Y:IY:1 Z:L:1 Z:N:1
"""
"""Phones in words that were confused; "-" is nothing."""
