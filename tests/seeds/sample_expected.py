"""What the sample's corrected text is, written out in full; its annotation by hand stands in ``sample.txt``."""

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
