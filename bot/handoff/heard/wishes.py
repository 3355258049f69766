"""What somebody wants of the questions: stop, back, wait, carry on, hear it again, skip the rest, ask something. Plain lists, no model."""
from __future__ import annotations

import re

from bot.handoff.heard.letters import tidy

_STOP = re.compile(r"^(stop|cancel|quit|exit|abort|never ?mind|forget (it|this)|delete( it| this| everything)?|"
                   r"(i )?(don'?t|do not|dont) want to (do this|carry on|continue|send)( any ?more)?|"
                   r"i'?ve changed my mind|stop this|please stop|changed my mind)[.! ]*$")
_BACK = re.compile(r"^(go )?back( one)?[.! ]*$|^(the )?(previous|last) (question|one)[.! ]*$|^undo[.! ]*$")
_CHECK = re.compile(r"^(?:(?:please|can you|could you|will you|would you|now|ok|okay|yes|and|just|first|sorry)[, ]+)*"
                    r"(?:(?:read|say|show|repeat|tell) (?:me |us )?(?:it|that|this|everything|all|what|my answers|the answers|them)\b"
                    r"|read (?:back|again)|(?:let me|can i|could i|i want to|i'd like to) (?:see|check|read|hear|look at|look over) (?:it|"
                    r"that|this|everything|what|my answers|them)\b)"
                    r"|\bwhat (have|did) (you|i)( got| put| say| written)|\bwhat does it say\b|\bwhat have you got\b|"
                    r"^does it say|^check (my )?answers|^(the )?summary\b|^is it .* (spelt|spelled)")
_CARRY_ON = re.compile(r"^(ok(ay)?,? )?(thanks,? )?(carry on|continue|resume|keep going|go on|let'?s (finish|carry on|continue)|"
                       r"where were we|(can|shall) we (finish|carry on|continue).*|back to (it|the (form|questions)))|"
                       r"\b(can we|let'?s|shall we) (finish|carry on|continue)")
_WHY = re.compile(r"^why\b|\bwhy (do|are|would) (you|they|u) (need|ask|want|asking)|\bwhat (do you need|is) (that|it|this) for")
_THE_REST = re.compile(r"^(skip|leave) (all |out )?(of )?(the )?(rest|others?|everything else)[.! ]*$|^skip (it |them )?all[.! ]*$|^(go|skip|"
                       r"jump) to the end[.! ]*$|"
                       r"^that'?s (all|everything)( i know| i have| i'?ve got| for now)[.! ]*$|^that'?s everything[.! ]*$|^(i )?(don'?t|dont) "
                       r"know (anything|any) (else|more)[.! ]*$|"
                       r"^nothing (else|more)( to (add|say|tell you))?[.! ]*$|^no more questions[.! ]*$")
_MOMENT = r"(?:sec(?:ond)?|moment|min(?:ute)?|bit)"
_WAIT = re.compile(r"^(?:(?:no|oh|ok|okay|sorry|please|actually|er+m?|u+m+|h+m+)[,. ]+)*"
                   rf"(?:wait|hang on|hold on|one {_MOMENT}|just a {_MOMENT}|give me a {_MOMENT}|brb|let me (?:think|look|check|find out)|"
                   rf"i'?m (?:still )?(?:thinking|typing|writing)|h+m+|u+m+|er+m?)(?: (?:a|one) {_MOMENT})?(?: please)?[.!… ]*$")
_DONE = re.compile(r"^(?:(?:no|ok|okay|and|yes|yeah)[,. ]+)?(?:that(?:'?s| is| was) (?:all|it|everything)(?: (?:of it|for now|i know|i have))?|"
                   r"no(?:pe|thing)?(?: more| else)?|nah|done|i'?m done|finished|the end|end|all of it|no more|skip|next|carry on|continue|"
                   r"go on then)[.! ]*$")
_ASKS_FIRST = re.compile(r"^(?:(?:sorry|wait|hang on|ok|okay|oh|but)[, ]+)*(?:just )?(?:before i (?:answer|say|tell)|quick question|one question|"
                         r"(?:can|could|may) i (?:just )?ask|first a question)\b")
_QUESTION = re.compile(r"\?\s*$|^(sorry,? )?(before i answer|quick question|can i ask|what'?s|what (is|are|does|will)|"
                       r"who (is|are|will|reads)|"
                       r"how (do|does|long|will|can)|can (i|you|they)|could (i|you)|do (i|you|they)|does|will (they|you|i|he|she|it)|"
                       r"is (it|there|this)|are (you|they)|where (is|do)|when (is|do|will))\b", re.I)


def is_stop(text: str) -> bool:
    """They want to stop and have it deleted."""
    return bool(_STOP.match(tidy(text)))


def is_back(text: str) -> bool:
    """They want the question before."""
    return bool(_BACK.match(tidy(text)))


def is_check(text: str) -> bool:
    """They want to hear their answers."""
    return bool(_CHECK.search(tidy(text))) and len(text.split()) <= 12


def is_carry_on(text: str) -> bool:
    """They want to go on where they were."""
    return bool(_CARRY_ON.search(tidy(text))) and len(text.split()) <= 20


def is_why(text: str) -> bool:
    """They ask why it is asked."""
    return bool(_WHY.search(tidy(text))) and len(text.split()) <= 14


def is_the_rest(text: str) -> bool:
    """They have said what they know, and want to go to the end."""
    return bool(_THE_REST.match(tidy(text)))


def is_wait(text: str) -> bool:
    """They need a moment, or see that something is not right yet."""
    return bool(_WAIT.match(tidy(text)))


def is_done(text: str) -> bool:
    """Asked whether there is more of an answer: there is not."""
    return bool(_DONE.match(tidy(text)))


def asks_first(text: str) -> bool:
    """They say themselves that this is a question and not the answer."""
    return bool(_ASKS_FIRST.match(tidy(text))) and text.rstrip().endswith("?")


def is_question(text: str) -> bool:
    """It reads as a question to the service."""
    return bool(_QUESTION.search(text.strip().replace("’", "'")))
