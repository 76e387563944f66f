"""What the sample's gold annotation says, written out in full; ``seeds/README.md`` says why."""

from __future__ import annotations

CORRECTED = """\
Russia Says Trump Invited Putin to U.S. During Phone Call

April 20, 2018
U.S. President Donald Trump invited his Russian counterpart Vladimir Putin to the United States during a phone \
call, and said he would be glad to see Putin in the White House, RIA Novosti reported on Friday, citing the \
Russian Foreign Ministry.

The news agency quoted Foreign Minister Sergei Lavrov as saying Trump returned to the subject of an invitation a \
couple of times during a call last month and that Russia was now expecting Trump to formalize the invitation.

"We proceed from the fact that the U.S. president in a telephone conversation...made such an invitation, said he \
would be glad to see (Putin) in the White House, would then be glad to meet on a reciprocal visit," said Lavrov, \
according to a transcript of an interview with RIA on the foreign ministry website.

"He returned to this topic a couple of times, so we let our American colleagues know that we do not want to \
impose, but we also do not want to be impolite, and that considering that President Trump made this proposal, we \
proceed from the position that he will make it concrete."

Rolling out a welcome for Putin in the White House could anger Trump's domestic critics, who accuse Russia of \
hostile acts against Western countries, including the United States.

"I would simply turn your attention to the fact that Donald Trump after this phone conversation has said several \
times in both Tweets and in words that it is necessary to resolve issues with Russia, we want to have good \
relations with Russia, this is better than not having good relations, and that only a fool thinks otherwise," \
Lavrov said. "We also hear this."

Trump and Putin spoke by phone on March 20.
"""

# A claim: its content as the corrected text reads (its parts joined by ⟨cue⟩); its chain, outermost first, with
# the cues in brackets; form, type, check-worthiness, and the number of the claim that it sits in.
CLAIMS = """\
1. Trump Invited Putin to U.S. During Phone Call
   The Moscow Times > Russia [Says]
   indirect, event_property, checkable
2. U.S. President Donald Trump invited his Russian counterpart Vladimir Putin to the United States during a \
phone call, and said he would be glad to see Putin in the White House
   The Moscow Times > RIA Novosti [reported] > Russian Foreign Ministry [citing]
   indirect, event_property, checkable
3. he would be glad to see Putin in the White House
   The Moscow Times > RIA Novosti [reported] > Russian Foreign Ministry [citing] > Donald Trump [said]
   indirect, position, not_checkable, inside 2
4. Trump returned to the subject of an invitation a couple of times during a call last month
   The Moscow Times > RIA Novosti [quoted] > Sergei Lavrov [as saying]
   indirect, event_property, checkable
5. that Russia was now expecting Trump to formalize the invitation
   The Moscow Times > RIA Novosti [quoted] > Sergei Lavrov [as saying]
   indirect, position, not_checkable
6. "We proceed from the fact that the U.S. president in a telephone conversation...made such an invitation, said \
he would be glad to see (Putin) in the White House, would then be glad to meet on a reciprocal visit,"
   The Moscow Times > Foreign Ministry transcript [according to] > Sergei Lavrov [said]
   direct, position, partly
7. that the U.S. president in a telephone conversation...made such an invitation, said he would be glad to see \
(Putin) in the White House, would then be glad to meet on a reciprocal visit
   The Moscow Times > Foreign Ministry transcript [according to] > Sergei Lavrov [said]
   direct, event_property, checkable, inside 6
8. he would be glad to see (Putin) in the White House, would then be glad to meet on a reciprocal visit
   The Moscow Times > Foreign Ministry transcript [according to] > Sergei Lavrov [said] > Donald Trump [said]
   indirect, position, not_checkable, inside 7
9. "He returned to this topic a couple of times, so we let our American colleagues know that we do not want to \
impose, but we also do not want to be impolite, and that considering that President Trump made this proposal, we \
proceed from the position that he will make it concrete."
   The Moscow Times > Foreign Ministry transcript > Sergei Lavrov
   direct, causal, partly
10. He returned to this topic a couple of times
   The Moscow Times > Foreign Ministry transcript > Sergei Lavrov
   direct, event_property, checkable, inside 9
11. that we do not want to impose, but we also do not want to be impolite
   The Moscow Times > Foreign Ministry transcript > Sergei Lavrov > Russia [let … know]
   indirect, position, not_checkable, inside 9
12. that considering that President Trump made this proposal, we proceed from the position that he will make it \
concrete
   The Moscow Times > Foreign Ministry transcript > Sergei Lavrov > Russia [let … know]
   indirect, position, not_checkable, inside 9
13. that President Trump made this proposal
   The Moscow Times > Foreign Ministry transcript > Sergei Lavrov > Russia [let … know]
   indirect, event_property, checkable, inside 12
14. Rolling out a welcome for Putin in the White House could anger Trump's domestic critics
   The Moscow Times
   narration, causal, not_checkable
15. Russia of hostile acts against Western countries, including the United States
   The Moscow Times > Trump’s domestic critics [accuse]
   reported, event_property, partly
16. "I would simply turn your attention to the fact that Donald Trump after this phone conversation has said \
several times in both Tweets and in words that it is necessary to resolve issues with Russia, we want to have \
good relations with Russia, this is better than not having good relations, and that only a fool thinks \
otherwise," ⟨cue⟩ "We also hear this."
   The Moscow Times > Sergei Lavrov [said]
   direct, quote, checkable
17. that it is necessary to resolve issues with Russia
   The Moscow Times > Sergei Lavrov [said] > Donald Trump [has said]
   indirect, position, not_checkable, inside 16
18. we want to have good relations with Russia
   The Moscow Times > Sergei Lavrov [said] > Donald Trump [has said]
   indirect, position, not_checkable, inside 16
19. this is better than not having good relations
   The Moscow Times > Sergei Lavrov [said] > Donald Trump [has said]
   indirect, position, not_checkable, inside 16
20. that only a fool thinks otherwise
   The Moscow Times > Sergei Lavrov [said] > Donald Trump [has said]
   indirect, position, not_checkable, inside 16
21. Trump and Putin spoke by phone on March 20
   The Moscow Times
   narration, event_property, checkable
"""

# The words that name each speaker, as the text runs.
MENTIONS = """\
Russia: Russia | Russia | We | we | our | we | we | we | Russia | Russia | Russia
Donald Trump: Trump | Donald Trump | his | he | Trump | Trump | the U.S. president | he | He | Trump | he | \
Trump | Donald Trump | Trump
Vladimir Putin: Putin | his Russian counterpart | Vladimir Putin | Putin | Putin | Putin | Putin
RIA Novosti: RIA Novosti | The news agency | RIA
Russian Foreign Ministry: Russian Foreign Ministry | foreign ministry
Sergei Lavrov: Sergei Lavrov | Lavrov | Lavrov
Foreign Ministry transcript: a transcript of an interview with RIA on the foreign ministry website
American colleagues: our American colleagues
Trump’s domestic critics: Trump's domestic critics | who
"""

# What is corrected to what, in how many places, and why.
CORRECTIONS = [
    (" ", "", 3, "spacing"),
    ("\n", " ", 15, "line_break"),
    ("20,2018", "20, 2018", 1, "spacing"),
    (
        "Related article: In Syria, Moscow Is Defending a Narrative, Not a Country (Op-ed)\n\n",
        "",
        1,
        "inserted_matter",
    ),
    (
        "\nhttps://www.themoscowtimes.com/2026/04/28/in-syria-moscow-is-defending-a-narrative-not-a-country-op-ed\n\n",
        "",
        1,
        "inserted_matter",
    ),
    ("Twould", "I would", 1, "ocr"),
    ("'\"We", '"We', 1, "quote_mark"),
]
