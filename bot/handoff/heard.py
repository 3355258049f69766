"""What a short answer means while a contact is taken: yes, no, skip, stop, change … Plain lists, no model."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Optional, Tuple

_YES = re.compile(r"^(y|ye|yes|yeah|yea|yep|yup|yh|yhh|ok|okay|k|sure|correct|right|aye|course|of course|i do|they are|he is|she is|"
                  r"that'?s right|all good|looks good|please do|go on|yes please|definitely)\b")
_YES_ALONE = frozenset({"y", "ye", "yes", "yeah", "yea", "yep", "yup", "ok", "okay", "k", "sure", "yes please"})
_OF_WHAT = (r"(?: (?:that|this|it|yet|them|him|her|sorry|really)| (?:his|her|their|the|my|its) [a-z'-]+(?: [a-z'-]+)?"
            r"| (?:where|what|which|who)[a-z' -]{0,30})?")
_UNKNOWN = re.compile(r"^(?!.*\b(?:but|maybe|think|or|perhaps|could be)\b)(?:"   # what follows a "but" is an answer
                      r"(?:sorry,? )?(?:i |we )?(?:really |honestly |just )?(?:don'?t|do not|dont) (?:really )?know" + _OF_WHAT +
                      r"|(?:i'?m )?(?:not|un) ?sure(?: about that| of that)?|(?:i )?(?:have )?no (?:idea|clue)" + _OF_WHAT +
                      r"|i? ?dunno|idk|unknown|not known|unsure|(?:i )?haven'?t (?:got )?a clue|(?:i )?can'?t remember|couldn'?t (?:say|tell you)"
                      r")(?:,? sorry)?[.! ]*$")
_SKIP = re.compile(r"^(skip( it| this| that)?|pass|next( question)?|leave (it|that)( blank)?|(i'?d )?(rather|prefer) not( to)?( say)?|"
                   r"(i )?(don'?t|do not|dont) want to (say|answer).*|no comment|blank)[.! ]*$")
_NOT_APPLICABLE = re.compile(r"^(n/?a|n\.a\.|not applicable|does(n'?t| not) apply)[.! ]*$")
_NONE = re.compile(r"^(none|no|nah|nope|(i )?(haven'?t|have not|don'?t have|dont have|ain'?t) (got )?(one|a phone|a number|an? e-?mail( "
                   r"address)?|any|it)|"
                   r"no (phone|number|e-?mail|mobile)( address)?)[.! ]*$")
_STOP = re.compile(r"^(stop|cancel|quit|exit|abort|never ?mind|forget (it|this)|delete( it| this| everything)?|"
                   r"(i )?(don'?t|do not|dont) want to (do this|carry on|continue|send)( any ?more)?|"
                   r"i'?ve changed my mind|stop this|please stop|changed my mind)[.! ]*$")
_BACK = re.compile(r"^(go )?back( one)?[.! ]*$|^(the )?(previous|last) (question|one)[.! ]*$|^undo[.! ]*$")
_ASKS_TO_SEND = re.compile(r"^(?:please )?(?:can|could|will|would) (?:you|u) (?:please |just )?(?:send|submit)(?: it| this| that)?"
                           r"(?: now| off| please)*[.!? ]*$")
# At the check nothing but a clear yes sends: a message of these words alone, with one of the first. "Yes, but …" has another word in it.
_SENDS = frozenset(re.split(" ", "y ye yes yeah yea yep yup yh yhh ok okay k sure correct right aye course definitely absolutely send submit perfect "
                                 "good fine happy ahead that's thats"))
_WITH_IT = frozenset(re.split(" ", "it this that them now off away on go please thanks thank you cheers ta i i'm im am a is are it's its all as to "
                                   "the of my looks look great lovely brilliant everything with and just so want would like i'd well then gateway "
                                   "team let's lets form contact report"))
_MOST_WORDS_OF_A_YES = 12
_THANKS = re.compile(r"[,. ]+(?:and )?(?:many )?(?:thanks|thank you|cheers|ta)(?: (?:so|very) much| a lot)?"
                     r"(?: for (?:all )?(?:your|the) (?:help|time)| for everything)?[.! ]*$")
_DONT_SEND = re.compile(r"\b(don'?t|do not|dont|not) (send|submit)|\bnot yet\b|\bwait\b|\bhang on\b")
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
_CHANGE = re.compile(r"^(?:(?:sorry|actually|no|oh|wait|please|can i|could i|can you|could you|can we|i want to|i need to|i'd like to|let me|"
                     r"i would like to|"
                     r"and|also|just|yes|ok|but)[, ]+)*(?:please )?(?:change|correct|edit|fix|update|amend|alter|"
                     r"redo)\b(?P<what>.*?)(?:\b(?:to|for)\b:? (?P<value>.+))?$", re.S)
_NOT_THIS = re.compile(r"(?:it'?s|it is|should be|i meant|meant|is|spelt|its) (?P<new>[^,.;]{1,60}?),? not (?P<old>[^,.;]{1,60})[.! ]*$")
_THIS_FOR = re.compile(r"\bnot (?P<old>[^,.;]{1,60}?),? (?:it'?s|it is|its|but|should be) (?P<new>[^,.;]{1,60})[.! ]*$")
_ANONYMOUS = re.compile(r"\banonymous\b|\bno name\b|(rather|prefer) not (say|give)|don'?t want to (say|give)|not (saying|giving) my name|"
                        r"^no[.! ]*$|^nope[.! ]*$|^nah[.! ]*$")
_ASKS_TO_BE_ANONYMOUS = re.compile(r"\banonymous(ly)?\b|\bwithout (giving|saying) my name\b|\b(do|must|have) (i|you) (have to|need to|need|to) "
                                   r"(give |say |know |tell you )?my (last |full |real )?name\b|\bnot (say|give) my (last |full |real )?name\b")
_THE_REST = re.compile(r"^(skip|leave) (all |out )?(of )?(the )?(rest|others?|everything else)[.! ]*$|^skip (it |them )?all[.! ]*$|^(go|skip|"
                       r"jump) to the end[.! ]*$|"
                       r"^that'?s (all|everything)( i know| i have| i'?ve got| for now)[.! ]*$|^that'?s everything[.! ]*$|^(i )?(don'?t|dont) "
                       r"know (anything|any) (else|more)[.! ]*$|"
                       r"^nothing (else|more)( to (add|say|tell you))?[.! ]*$|^no more questions[.! ]*$")
_SAME = re.compile(r"^(the |it'?s (the )?|they('re| are) (at )?(the )?|yes,? )?same( as| one| place| house| address| school| again| too|,|"
                   r"$).*$|^ditto[.! ]*$|^as above[.! ]*$")
_MOMENT = r"(?:sec(?:ond)?|moment|min(?:ute)?|bit)"
_WAIT = re.compile(r"^(?:(?:no|oh|ok|okay|sorry|please|actually|er+m?|u+m+|h+m+)[,. ]+)*"
                   rf"(?:wait|hang on|hold on|one {_MOMENT}|just a {_MOMENT}|give me a {_MOMENT}|brb|let me (?:think|look|check|find out)|"
                   rf"i'?m (?:still )?(?:thinking|typing|writing)|h+m+|u+m+|er+m?)(?: (?:a|one) {_MOMENT})?(?: please)?[.!… ]*$")
_DONE = re.compile(r"^(?:(?:no|ok|okay|and|yes|yeah)[,. ]+)?(?:that(?:'?s| is| was) (?:all|it|everything)(?: (?:of it|for now|i know|i have))?|"
                   r"no(?:pe|thing)?(?: more| else)?|nah|done|i'?m done|finished|the end|end|all of it|no more|skip|next|carry on|continue|"
                   r"go on then)[.! ]*$")
_FORGOT = (r"(?:(?:oh|sorry|wait|actually|and|also|but|no|yes|ok|okay|please)[,. ]+)*"
           r"(?:(?:i )?(?:also )?(?:forgot|meant|should have|wanted|want|need|would like|'d like) to (?:say|mention|add|tell you|tell)|"
           r"i should have (?:said|mentioned)|i (?:didn'?t|did not) (?:say|mention)|(?:can|could|may) (?:i|you) (?:please )?(?:just )?add|"
           r"(?:please )?add|(?:just )?one (?:more|other) thing)")
_ADDS = re.compile(rf"^(?:{_FORGOT})\b[,: ]*(?P<what>.*)$", re.S)
_ADDS_AT_THE_END = re.compile(r"^(?:oh )?(?:also|and|plus)\b[,: ]*(?P<what>.*)$", re.S)
_SOMETHING = re.compile(r"^(?:(?:something|a (?:bit|thing|detail)|more|one more thing|another thing|some(?: more)?(?: details?)?|to (?:it|that|this))"
                        r"(?: else| more| first)?)?[.!? ]*$")
_REMOVES = re.compile(
    r"^(?:(?:sorry|actually|no|oh|wait|please|can you|could you|can i|i want to|and|also|yes|ok|but)[, ]+)*(?:please )?"
    r"(?:(?:delete|remove|leave out|take (?:out|off|away)|cross out|get rid of|drop) (?P<what>.+?)|take (?P<what2>.+?) (?:out|off|away))"
    r"(?: again| please| too| from (?:it|this|that|there))?[.!? ]*$")
_WRONG = re.compile(r"^(?:all |quite |totally )?(?:wrong|incorrect|not (?:quite )?(?:right|correct)|(?:spelt|spelled) (?:wrong(?:ly)?|"
                    r"incorrectly)|misspel(?:t|led)|a mistake|different)[.! ]*$")
_SIGNS = {"👍": "yes", "👎": "no", "🤷": "i don't know"}
_ASKS_FIRST = re.compile(r"^(?:(?:sorry|wait|hang on|ok|okay|oh|but)[, ]+)*(?:just )?(?:before i (?:answer|say|tell)|quick question|one question|"
                         r"(?:can|could|may) i (?:just )?ask|first a question)\b")
_QUESTION = re.compile(r"\?\s*$|^(sorry,? )?(before i answer|quick question|can i ask|what'?s|what (is|are|does|will)|"
                       r"who (is|are|will|reads)|"
                       r"how (do|does|long|will|can)|can (i|you|they)|could (i|you)|do (i|you|they)|does|will (they|you|i|he|she|it)|"
                       r"is (it|there|this)|are (you|they)|where (is|do)|when (is|do|will))\b", re.I)


@dataclass(frozen=True)
class Correction:
    """Something said earlier is to be replaced."""

    old: str
    new: str


def plain(text: str) -> str:
    """Plain quotes and single spaces, in the person's own letters."""
    return " ".join(text.replace("’", "'").split())


def tidy(text: str) -> str:
    """As ``plain``, in lower case: a match in it stands at the same place in the person's own letters."""
    return plain(text).lower()


def is_yes(text: str) -> bool:
    """A plain yes."""
    return bool(_YES.match(tidy(text))) and not _DONT_SEND.search(tidy(text))


def is_yes_alone(text: str) -> bool:
    """A yes and nothing else."""
    return tidy(text).strip(" .!,") in _YES_ALONE


def is_unknown(text: str) -> bool:
    """They do not know."""
    return bool(_UNKNOWN.match(tidy(text)))


def is_skip(text: str) -> bool:
    """They would rather not answer this one, or it does not apply."""
    return bool(_SKIP.match(tidy(text))) or is_not_applicable(text)


def is_not_applicable(text: str) -> bool:
    """The question does not apply to them."""
    return bool(_NOT_APPLICABLE.match(tidy(text)))


def is_none(text: str) -> bool:
    """They have none of what was asked for."""
    return bool(_NONE.match(tidy(text)))


def is_stop(text: str) -> bool:
    """They want to stop and have it deleted."""
    return bool(_STOP.match(tidy(text)))


def is_back(text: str) -> bool:
    """They want the question before."""
    return bool(_BACK.match(tidy(text)))


def is_send(text: str) -> bool:
    """At the check: send it. A clear yes only."""
    words = tidy(text)
    if _ASKS_TO_SEND.match(words):
        return True
    if _DONT_SEND.search(words) or is_question(text):
        return False
    said = re.findall(r"[^\W_]+(?:'[^\W_]+)?", _THANKS.sub("", words))
    return 0 < len(said) <= _MOST_WORDS_OF_A_YES and set(said) <= _SENDS | _WITH_IT and bool(set(said) & _SENDS)


def is_check(text: str) -> bool:
    """They want to hear their answers."""
    return bool(_CHECK.search(tidy(text))) and len(text.split()) <= 12


def is_carry_on(text: str) -> bool:
    """They want to go on where they were."""
    return bool(_CARRY_ON.search(tidy(text))) and len(text.split()) <= 20


def is_why(text: str) -> bool:
    """They ask why it is asked."""
    return bool(_WHY.search(tidy(text))) and len(text.split()) <= 14


def is_anonymous(text: str) -> bool:
    """They do not want to give their name."""
    return bool(_ANONYMOUS.search(tidy(text)))


def asks_to_be_anonymous(text: str) -> bool:
    """They ask to leave out their name, or say that they will."""
    return bool(_ASKS_TO_BE_ANONYMOUS.search(tidy(text)))


def is_the_rest(text: str) -> bool:
    """They have said what they know, and want to go to the end."""
    return bool(_THE_REST.match(tidy(text)))


def is_same(text: str) -> bool:
    """The same as was said of another child."""
    return bool(_SAME.match(tidy(text))) and len(text.split()) <= 8


def is_wait(text: str) -> bool:
    """They need a moment, or see that something is not right yet."""
    return bool(_WAIT.match(tidy(text)))


def is_done(text: str) -> bool:
    """Asked whether there is more of an answer: there is not."""
    return bool(_DONE.match(tidy(text)))


def is_wrong(text: str) -> bool:
    """What was named is not right, and they do not say what is."""
    return bool(_WRONG.match(tidy(text)))


def added(text: str, at_the_end: bool) -> Optional[str]:
    """What they want to add to their account ("I forgot to say that …"); "" if they did not say what, None if they add nothing.

    ``at_the_end``: the answers stand to be checked, so that "also …" adds something too.
    """
    words = plain(text)
    match = _ADDS.match(words.lower()) or (_ADDS_AT_THE_END.match(words.lower()) if at_the_end else None)
    return None if match is None else "" if _SOMETHING.match(match["what"]) else words


def removed(text: str) -> Optional[str]:
    """What they want to have taken out ("remove my name"), or None."""
    match = _REMOVES.match(tidy(text))
    return (match["what"] or match["what2"]) if match and len(text.split()) <= 10 else None


def has_words(text: str) -> bool:
    """There is a letter or a figure in it, of whatever script."""
    return bool(re.search(r"\w", text))


def in_words(sign: str) -> Optional[str]:
    """What a sign alone means ("👍"); None if nobody could be sure."""
    return next((words for start, words in _SIGNS.items() if sign.strip().startswith(start)), None)


def asks_first(text: str) -> bool:
    """They say themselves that this is a question and not the answer."""
    return bool(_ASKS_FIRST.match(tidy(text))) and text.rstrip().endswith("?")


def is_question(text: str) -> bool:
    """It reads as a question to the service."""
    return bool(_QUESTION.search(text.strip().replace("’", "'")))


def change_asked(text: str) -> Optional[Tuple[str, Optional[str]]]:
    """What they want to change and, if they said, to what (in their own letters)."""
    words = plain(text)
    match = _CHANGE.search(words.lower())
    if not match or len(words.split()) > 30:
        return None
    value = words[match.start("value"):].strip(" .?!") if match.group("value") else None
    return match.group("what").strip(), value


def correction(text: str) -> Optional[Correction]:
    """"It's Falworth, not Falsworth": the new and the old, in their own letters."""
    words = plain(text)
    if len(words.split()) > 25:
        return None
    for pattern in (_NOT_THIS, _THIS_FOR):
        match = pattern.search(words.lower())
        if match:
            return Correction(words[match.start("old"):match.end("old")].strip(), words[match.start("new"):match.end("new")].strip())
    return None
