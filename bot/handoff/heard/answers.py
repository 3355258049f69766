"""What a short answer to a question means: yes, no, don't know, none, the same, no name. Plain lists, no model."""
from __future__ import annotations

import re
from typing import Optional

from bot.handoff.heard.letters import tidy
from bot.handoff.heard.sending import HOLDS_BACK

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
_ANONYMOUS = re.compile(r"\banonymous\b|\bno name\b|(rather|prefer) not (say|give)|don'?t want to (say|give)|not (saying|giving) my name|"
                        r"^no[.! ]*$|^nope[.! ]*$|^nah[.! ]*$")
_ASKS_TO_BE_ANONYMOUS = re.compile(r"\banonymous(ly)?\b|\bwithout (giving|saying) my name\b|\b(do|must|have) (i|you) (have to|need to|need|to) "
                                   r"(give |say |know |tell you )?my (last |full |real )?name\b|\bnot (say|give) my (last |full |real )?name\b")
_SAME = re.compile(r"^(the |it'?s (the )?|they('re| are) (at )?(the )?|yes,? )?same( as| one| place| house| address| school| again| too|,|"
                   r"$).*$|^ditto[.! ]*$|^as above[.! ]*$")
_SIGNS = {"👍": "yes", "👎": "no", "🤷": "i don't know"}


def is_yes(text: str) -> bool:
    """A plain yes."""
    return bool(_YES.match(tidy(text))) and not HOLDS_BACK.search(tidy(text))


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


def is_anonymous(text: str) -> bool:
    """They do not want to give their name."""
    return bool(_ANONYMOUS.search(tidy(text)))


def asks_to_be_anonymous(text: str) -> bool:
    """They ask to leave out their name, or say that they will."""
    return bool(_ASKS_TO_BE_ANONYMOUS.search(tidy(text)))


def is_same(text: str) -> bool:
    """The same as was said of another child."""
    return bool(_SAME.match(tidy(text))) and len(text.split()) <= 8


def has_words(text: str) -> bool:
    """There is a letter or a figure in it, of whatever script."""
    return bool(re.search(r"\w", text))


def in_words(sign: str) -> Optional[str]:
    """What a sign alone means ("👍"); None if nobody could be sure."""
    return next((words for start, words in _SIGNS.items() if sign.strip().startswith(start)), None)
