"""Words that settle what a message is about where the classifier can only weigh. Few, readable, each with its reason."""
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import FrozenSet, Optional, Pattern, Tuple

from bot.live_words import live_words
from bot.places import load_places
from bot.safety.fold import fold
from bot.understanding.traits import domain_intents, intents_that_are


@dataclass(frozen=True)
class Rule:
    """If the words stand in a message that was taken for one of ``taken_for`` (None: anything but care or a comment), it is ``means``."""

    words: Pattern[str]
    taken_for: Optional[FrozenSet[str]]
    means: str


_PHONE = r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b"
_OF_A_WISH = (r"(?:words|jargon|time|times|timekeeping|late|lateness|respect|train\w*|listen\w*|feel safe|safe|assum\w+|promis\w+|contact|"
              r"one[- ]to[- ]one|talking alone|how long)\b")
RULES: Tuple[Rule, ...] = (
    # somebody under 18 is not for adult safeguarding
    Rule(re.compile(r"\b(?:he'?s|she'?s|hes|shes|he is|she is|is|aged|age) (?:only |just )?(?:[1-9]|1[0-7])\b(?! ?(?:weeks|stone|foot|ft))|"
                    r"\b(?:child|children|kids?|"
                    r"toddler|baby|schoolboy|schoolgirl|year ?\d{1,2})\b(?!.*\bno (?:kids|children)\b)(?<!no kids)(?<!no children)"),
         frozenset({"adult_safeguarding"}), "worry_about_child"),
    # whoever names the LADO asks about somebody who works with children
    Rule(re.compile(r"\blado\b|\bdesignated officer\b"), frozenset({"practitioner_urgent", "practitioner_support", "ask_number",
                                                                    "ask_mash_contact", "ask_named_person"}),
         "ask_allegation_about_worker"),
    # "free" is not about the cost of a call
    Rule(re.compile(r"\bfree (?:school meals|bus|nursery|childcare|hours)\b"), frozenset({"ask_cost", "guidance_question", "ask_family_help"}),
         "out_of_scope"),
    # whoever types a phone number and asks about it wants to know whether it is right
    Rule(re.compile(rf"^(?:is|was)\b.{{0,40}}{_PHONE}|{_PHONE}.{{0,30}}\b(?:still|right|correct|work|works)\b"),
         frozenset({"guidance_question", "ask_number", "ask_gateway_or_mash", "ask_what_will_they_ask", "ask_hours", "ask_out_of_hours",
                    "ask_mash_contact", "inform"}), "ask_is_number_right"),
    # what may be harm by somebody who works with children is never a small matter of rules
    Rule(re.compile(r"\b(?:kiss\w*|touch\w*|grop\w*|hit|hits|hitting|slap\w*|smack\w*|punch\w*|kick\w*|grab\w*|push\w*|shov\w*|drag\w*|pinch\w*|hurt\w*|"
                    r"sex\w*|nud\w*|naked|undress\w*|changing|shower\w*|lap|bed\w*|secrets?|presents?|gifts?|sweets|"
                    r"money|costumes?|drunk|drink\w*|drugs?|vap\w*|"
                    r"at night|photos?|photographs?|"
                    r"pictures?|films?|filming|videos?|snap\w*|private(?:ly)?|dating|flirt\w*|inappropriate\w*|crush|massag\w*|"
                    r"stroke\w*|cuddl\w*|threat\w*|scared|frightened|abus\w*|groom\w*|closed room|locked|swore|shout\w*|scream\w*)\b"),
         frozenset({"work_small_worry_about_colleague", "plain_club_feels_wrong"}), "ask_allegation_about_worker"),
    # who is too close to a child, among those who work with children, is never a small matter
    Rule(re.compile(r"\b(?:colleague|staff|teacher|coach|tutor|volunteer|worker|leader)\b.*\b(?:too|over(?:ly)?)[ -]?(?:close|familiar|friendly)\b"),
         frozenset({"work_small_worry_about_colleague", "work_conflict", "work_need_to_know", "work_contact_outside", "ask_allegation_about_worker"}),
         "ask_allegation_about_worker"),
    # what our own button says
    Rule(re.compile(r"^(?:yes|yeah|ok|okay)[, ]+(?:please )?write (?:it|that|this) down\b"),
         frozenset({"check_answers", "affirm", "send_it", "inform", "leave_comment"}), "start_contact"),
    # whoever asks us to write it down and pass it on wants that, and not to hear how it works
    Rule(re.compile(r"\b(?:can|could|will|would) (?:you|u|ya|i) (?:please |pls |just )*write (?:it|this|that|all this|all that|something)\b"
                    r".{0,20}\bdown\b|"
                    r"\b(?:can|could|will|would) (?:you|u|ya) (?:please |pls |just )*(?:pass|send) (?:it|this|that) on\b"),
         frozenset({"plain_write_instead", "plain_save_chat", "plain_report_online", "send_it", "check_answers"}), "start_contact"),
    # a child who is seen about, and whom to tell
    Rule(re.compile(r"\b(?:there'?s|theres|there is|there are|i see|i saw|i know|i've seen|ive seen)\b.{0,40}"
                    r"\b(?:child|kid|boy|girl|lad|toddler|baby|kids|children|boys|girls|lads|teenagers?)\b.*"
                    r"\bwho (?:do|can|should|shall) (?:i|we) (?:talk to|speak to|tell|ring|call|go to|contact)\b"),
         frozenset({"work_out_in_school_hours", "plain_child_at_my_door", "plain_child_takes_food", "plain_child_gone_quiet", "out_of_scope",
                    "should_i_tell", "ask_number"}), "worry_about_child"),
    # who "was cut" did not do it herself
    Rule(re.compile(r"\b(?:she|girl|daughter|sister|niece|pupil|child)\b.{0,40}\b(?:was|been|were|being|gets?|got) cut\b"
                    r"(?!.*\b(?:off|out|from|hair|arms?|wrists?|legs?|hands?|fingers?|knee|head|herself|glass|knife|bleed\w*|bled|"
                    r"thighs?|stomach|razors?|blades?|cutting|tumm(?:y|ies)|belly)\b)"),
         frozenset({"self_harm_other", "self_harm_me", "work_other_children"}), "ask_fgm_duty"),
    # a girl who is to be cut: there is a duty to report it, whoever tells of it and however it sounds
    Rule(re.compile(r"^(?!.*\b(?:hair|fringe|nails?|grass|benefits?|hours|budget|funding|knife|bleed\w*)\b)"
                    r"(?=.*\b(?:abroad|holiday|half[ -]term|summer|flight|fly|flying|country|aunt\w*|gran\w*|girls?|daughters?|niece|year old)\b).*"
                    r"\b(?:to be|being|be|get|gets) (?:cut|circumcised)\b(?! (?:off|out|from|short|in|down|back|by|and|with)\b)"),
         frozenset(domain_intents()) - {"danger_now", "suicide_now", "plain_fgm_family", "self_harm_me"}, "ask_fgm_duty"),
    Rule(re.compile(r"\bfgm\b"),
         frozenset({"practitioner_urgent", "plain_take_abroad", "practitioner_support", "worry_about_child", "work_gut_feeling",
                    "plain_custom_and_law"}), "ask_fgm_duty"),
    # whoever asks for questions to ask a family wants the questions, whatever else is named
    Rule(re.compile(r"\bquestions? (?:to|should i|do i|can i|could i|would you|might i|i (?:can|could|should)) ask\b"),
         frozenset({"building_support_practitioner", "building_support_what", "building_support_family", "practitioner_support", "start_reflection"}),
         "work_talk_with_family"),
    # whoever asks whether the whole family is talked with asks how families are worked with, not what a report sets off
    Rule(re.compile(r"\b(?:my|the|our) (?:whole|entire) family\b|\ball (?:of )?(?:the|my|our) family\b"),
         frozenset({"ask_what_happens_next", "plain_about_meetings"}), "building_support_family"),
    # "one of them" and "what they mean by" in a chat about the Ten Wishes are about a wish, not about a word of social work
    Rule(re.compile(r"\b(?:do|does|is|say|says|which|what) (?:any |one |which )?(?:one )?of (?:them|these|the (?:ten )?wishes)\b.{0,20}"
                    r"\b(?:say|says|about|mean|means|that)\b|"
                    r"\bwhat (?:do |did |does )?(?:they|the young (?:people|safeguarders)|the kids) mean (?:by|with|about)\b"),
         frozenset({"wish_find", "plain_disguised_compliance", "plain_not_engaging", "plain_risk_assessment_word", "plain_voice_of_child",
                    "plain_bring_someone", "wish_broken_one_to_one", "wish_broken_words", "wish_broken_on_time", "wish_broken_respect",
                    "wish_broken_do_what_they_say", "wish_broken_easier_to_contact"}),
         "wish_find"),
    # whoever is worn out tells of that first, whatever the child does
    Rule(re.compile(r"\b(?:shattered|exhausted|knackered|worn out|on my knees|at my wits? ?'?s? end|"
                    r"at the end of my tether|can'?t take (?:much )?more)\b"),
         frozenset({"plain_i_shouted", "plain_screams_heard", "plain_baby_cries_a_lot", "plain_school_age_sleep", "plain_siblings_fight"}),
         "parenting_stress"),
    # a word that somebody asks for by name is looked for among the words that we explain
    Rule(re.compile(r"\bwhat(?: does|'?s| is) (?:the |this |that )?word\b.*\bmean|\bmeaning of the word\b"),
         frozenset({"plain_slang"}), "explain_words"),
    # a parent who is nice until they take something: a child tells of it
    Rule(re.compile(r"\b(?:mum|mam|mom|dad|step ?mum|step ?dad)\b.*\b"
                    r"(?:on the gear|on drugs|off (?:her|his) (?:head|face)|using again|stoned|high|drunk|on one)\b"),
         frozenset({"plain_prefer_one_home", "plain_no_time_for_me", "plain_never_see_parents", "plain_parents_favourite", "plain_parent_is_low",
                    "plain_embarrassed_by_parents", "child_telling"}),
         "child_telling"),
    # the weather is no small talk about ourselves
    Rule(re.compile(r"\bweather\b"), frozenset({"small_talk", "everyday_talk"}), "out_of_scope"),
    # "no sorry, the child lives here, what number" is not a plain no
    Rule(re.compile(r"\b(?:what|which|whats|what's|what is)(?: the| your| phone)* number\b"), frozenset({"deny", "affirm", "greet", "thanks"}),
         "ask_number"),
    # whoever asks to bring somebody has the meeting already
    Rule(re.compile(r"\b(?:can|could|may|am i allowed to|are we allowed to) (?:i|we)? ?(?:bring|take|have) (?:my|a|our|some ?one|somebody)\b.{0,40}"
                    r"\b(?:meeting|conference|review|visit|appointment|core group)\b"),
         frozenset({"plain_conference_letter", "plain_about_meetings", "plain_core_group", "plain_meeting_nerves", "plain_child_in_need_meeting",
                    "plain_skip_my_meeting"}), "plain_bring_someone"),
    # what the word of our trade means
    Rule(re.compile(r"^(?:so |ok |hi |hey )*(?:what|wot)(?: does|'?s| is|s)? (?:the word )?(?:safeguarding|safe guarding)"
                    r"(?: mean| means| all about)?\W*$"),
         None, "explain_words"),
    # a wish that is broken, and with whom to raise it
    Rule(re.compile(r"\bwish(?:es)?\b.{0,60}\b(?:broken|broke|breaks|breaking|not kept|ignored)\b.*\b(?:who|whom|where)\b|"
                    r"\b(?:who|whom|where)\b.{0,50}\bwish(?:es)?\b.{0,30}\b(?:broken|broke|breaks|not kept|ignored)\b"),
         None, "plain_wish_broken_whom"),
    # the list's bare name; digits are folded into letters ("10wishes")
    Rule(re.compile(r"^\W*(?:the |all |list |whats |what are )*(?:(?:10|io|ten)[ -]?wish(?:es)?|wishes)\W*(?:please|pls|plz)?\W*$"),
         None, "wishes_list"),
    # one of the wishes by what it is about or by its place
    Rule(re.compile(rf"^(?:\w+ ){{0,3}}(?:the|that) one (?:a?bout|on|where|saying|that says) .{{0,25}}\b{_OF_A_WISH}|"
                    rf"\b(?:one|ones) (?:a?bout|on) .{{0,25}}\b{_OF_A_WISH}.{{0,12}} one (?:a?bout|on)\b.{{0,25}}\b{_OF_A_WISH}|"
                    r"\b(?:is|was) (?:that|this|it) (?:really |actually )?one of the (?:ten )?wishes\b|"
                    r"^(?:is |was )?(?:wish |number |no\.? ?)(?:\d\d?|one|two|three|four|five|six|seven|eight|nine|ten) the \w+ one\b|"
                    r"^(?:whats |what'?s |what is )?(?:no|number|wish)\.? ?\d\d? (?:n|and|&|or) (?:no|number|wish)?\.? ?\d\d?\b"),
         None, "wish_find"),
)

_CARE = intents_that_are("care_scripts") | {"danger_now", "suicide_now", "leave_comment"}  # what is said of our words stays said of them
NUMBER_MISSED = frozenset({"emergency_or_not", "guidance_question", "nlu_fallback", "out_of_scope", "ask_out_of_hours", "medical_question"})
_NUMBER_WANTED = re.compile(r"\b(?:what'?s|what is|whats|got|need|have you|give me)\b.{0,40}\b(?:number|helpline)\b|"
                            r"\bwhen (?:is|are|does)\b.{0,30}\bopen\b|\bwh(?:at|o) (?:is|are)\b|\bwhats\b|\bwhat'?s\b")
# somebody asks whose a number is ("whats 01752 ... for"), and not what it costs, when it answers or why nobody picked up
_WHAT_IS_IT = re.compile(r"^\W*(?:(?:hi|hello|hey|so|um|ok|pls|please)\W+)*(?:is|was|what'?s?|what’s|who'?s?|who’s|whose|which)\b", re.IGNORECASE)
_MORE_THAN_WHAT = re.compile(r"\b(?:rang|ringing|rung|called|tried|trying|answer\w*|engaged|opens?|hours|"
                             r"free|costs?|charge\w*|bill|shows?|text)\b", re.IGNORECASE)
WHERE_FROM = frozenset({"plain_far_from_grandchild", "plain_child_two_places", "plain_saw_it_elsewhere"})


def settled(text: str, heard: str) -> Optional[str]:
    """The intent that the words settle, or None if ``heard`` stands."""
    folded = fold(text)
    if heard in WHERE_FROM and load_places().named_in(text):    # whoever names another place is told whose it is
        return "ask_other_place"
    if heard not in _CARE:
        lines = live_words().directory
        if lines.typed_in(text) and _WHAT_IS_IT.search(text) and not _MORE_THAN_WHAT.search(text):
            return "ask_is_number_right"
        if lines.asked_barely(text) or (heard in NUMBER_MISSED and lines.named_in(text) and _NUMBER_WANTED.search(folded)):
            return "ask_number"
    return next((rule.means for rule in RULES if _may_be(rule, heard) and rule.words.search(folded)), None)


def _may_be(rule: Rule, heard: str) -> bool:
    return heard in rule.taken_for if rule.taken_for is not None else heard not in _CARE
