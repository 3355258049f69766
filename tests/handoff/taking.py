"""A contact being taken, without Rasa: say things, look at the draft."""
import datetime as dt

from bot.handoff.conversation import Heard, begin, take
from bot.handoff.questions import CHECK

TODAY = dt.date(2026, 11, 21)
PUBLIC = {"danger": "no", "who": "I'm a member of the public", "worry": "he is out alone until ten at night", "child": "Robin", "birth": "about 7",
          "address": "1 Made-up Row", "school": "Pretend Primary", "more_children": "no", "parents": "mum is Kay", "others": "a sister", "you": "no name",
          "relationship": "neighbour", "family_knows": "no", "unsafe": "no", "phone": "01632 960123", "email": "sam@example.org",
          "safe_contact": "yes", "share_name": "no"}
WORK = {**PUBLIC, "who": "it's part of my job", "urgent": "no", "done": "talked with mum", "strengths": "granny helps", "child_needs": "skip", "responsibility": "yes",
        "you": "Alex Sampleson", "role": "class teacher", "agency": "Pretend Primary", "told": "yes", "consent": "yes", "consent_by": "mum, on Friday",
        "no_consent_why": "refused", "staff_risk": "no"}
CHILD = {"danger": "no", "who": "it's about me", "worry": "mum is ill and I do everything", "safe_tonight": "yes", "trusted": "my nan", "child": "Sunny", "birth": "12",
         "address": "by the park", "safe_to_reach": "through my teacher", "must_not_know": "skip"}


class Taking:
    """``Taking(*said)`` says each in turn; ``reaches`` answers by what is asked until a question is open."""

    def __init__(self, *said, first="", worry=False):
        self.turn = begin(first, worry)
        for text in said:
            self.say(text)

    def say(self, text, after_alarm=False, side=False, simpler=False):
        self.turn = take(self.turn.draft, Heard(text, after_alarm, side, simpler), TODAY)
        return self

    def reaches(self, key, answers=PUBLIC):
        for _ in range(60):
            if self.asking in (key, CHECK):
                break
            more = self.turn.draft.get("more_of") == self.asking      # an account of a word or two, or a long one, may go on
            self.say("that is all" if more else answers[self.asking.partition(":")[0]])
        assert self.asking == key, f"{key} was not asked; at {self.asking} it said {self.keys}"
        return self

    @property
    def asking(self):
        return self.turn.draft["asking"]

    @property
    def answers(self):
        return self.turn.draft["answers"]

    @property
    def keys(self):
        return [key for key, _ in self.turn.says]


def at(key, answers=PUBLIC, **changed):
    """A contact whose open question is ``key``."""
    return Taking().reaches(key, {**answers, **changed})
