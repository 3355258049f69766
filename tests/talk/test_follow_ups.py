"""A short second question means what it means after the reply before it; what stands alone is left alone."""
import fnmatch
from pathlib import Path

import pytest

from bot.audience import Audience
from bot.follow_ups import MOST_WORDS, load_follow_ups, said_for_somebody_else
from bot.guidance_files import GuidanceError, read_yaml
from bot.library.shared import shared_library
from bot.words import load_words

WORDS = load_words()
KNOWN = load_follow_ups()
DOMAIN = read_yaml(Path("domain.yml"))


def after(key, text):
    found = KNOWN.find(text, {key})
    return (found.says or found.means) if found else None


@pytest.mark.parametrize("text", [
    "and at weekends?", "and on a sunday?", "what about weekends", "at night too?", "is it open at christmas", "ok and bank holidays?", "and tonight?",
    "what about saturday", "is that the same at weekends", "what about on a saturday", "and easter?", "does it work on sundays", "and after 8pm?",
    "are they there on bank holidays", "weekends?", "and in the evening", "also at night?", "what about new year's day", "and half term?", "till 8?"])
def test_when_after_a_number_is_about_the_hours(text):
    assert after("utter_ask_number", text) == "ask_hours"


@pytest.mark.parametrize("text", [
    "the first number didn't work", "first number is dead", "nobody answers", "no answer", "it's engaged", "the second one isn't working",
    "the other number rings and rings", "no one picked up", "they don't answer", "got the answer phone", "it cut me off, the first one", "still on hold",
    "that number doesn't work", "the line is busy", "no-one answered it", "the first one just kept ringing", "got voicemail", "that one is engaged",
    "first one not working", "the number you gave is dead, the first one is wrong"])
def test_a_number_that_failed_gets_the_other(text):
    assert after("utter_ask_out_of_hours", text) == "line_not_answered_first"


@pytest.mark.parametrize(("before", "text", "means"), [
    ("utter_line_not_answered", "and the second one?", "follow_no_answer_again"), ("utter_ask_number", "is it free", "ask_cost"),
    ("utter_ask_number", "who answers", "ask_about_call"), ("utter_ask_gateway_or_mash", "who sits in it", "follow_mash_who"),
    ("utter_ask_consent_to_share", "what if she's said no", "follow_said_no_work"), ("utter_ask_consent_to_share", "and his dad?", "follow_other_parent"),
    ("utter_ask_disagree", "and if they still say no", "follow_still_no"), ("utter_ask_chase_report", "so who can then", "follow_who_can"),
    ("utter_worry_about_child", "how long?", "ask_how_long"), ("utter_worry_about_child", "who?", "follow_who_decides"),
    ("utter_should_i_tell", "what if it turns out to be nothing", "follow_nothing_in_the_end"), ("utter_ask_number", "what about him?", "follow_same_for_them"),
    ("utter_ask_privacy", "what if my mum looks on my phone after", "follow_private_phone"), ("utter_ask_mash_contact", "how long does it take", "follow_form"),
    ("utter_work_lead_away", "my practice educator's on leave tho", "utter_work_lead_away"), ("training#offer", "any evening ones?", "follow_training"),
    ("young-safeguarders#who", "do u get paid", "follow_young_safeguarders"), ("glossary_one", "can i go to it", "follow_meeting"), ("glossary_one", "am I allowed to come", "follow_meeting"),
    ("utter_ask_consent_to_share", "and if she objects", "follow_said_no_work"),
    ("utter_work_building_support_changes", "so who decides", "follow_who_decides"),
    ("utter_out_of_scope", "do I need a voucher for it", "follow_who_can_elsewhere"), ("utter_medical_question", "i meant for a teenager not a baby", "follow_meant"),
    ("wishes_source", "and the next one", "which_one"), ("utter_are_you_real", "are you there at night", "follow_chat_is_open")])
def test_a_second_question_keeps_its_subject(before, text, means):
    assert after(before, text) == means


@pytest.mark.parametrize("text", [
    "my stepdad hits me at weekends when mum is at work and nobody else is home with us", "what is building support", "he touched me", "tell me the wishes",
    "i want to report something", "thanks", "bye", "are you a robot", "I live in Exeter"])
def test_what_stands_alone_is_left_alone(text):
    assert after("utter_ask_number", text) is None


def test_a_long_message_is_never_a_follow_up():
    assert after("utter_ask_number", "and at weekends " * MOST_WORDS) is None


def test_who_is_writing_may_become_known_afterwards():
    fitted = (Audience.PRACTITIONER,)
    assert said_for_somebody_else("what if im a teacher though", fitted)
    assert said_for_somebody_else("and if i'm a health visitor?", fitted)
    assert not said_for_somebody_else("my teacher hits me", fitted)
    assert not said_for_somebody_else("what if im a teacher though", ())


def test_all_that_is_said_or_meant_exists():
    assert set(KNOWN.keys()) <= set(WORDS.entries)
    assert set(KNOWN.intents()) <= set(DOMAIN["intents"])


def test_all_that_may_come_before_exists():
    names = [*WORDS.entries, *(f"asked:{i}" for i in DOMAIN["intents"]), *shared_library()._places, "guidance", "guidance_not_held"]
    assert [a for a in KNOWN.after() if not fnmatch.filter(names, a)] == []


def test_a_mistake_in_the_file_names_it(tmp_path):
    file = tmp_path / "follow_ups.yml"
    file.write_text("families: {a: [utter_greet]}\nfollow_ups:\n  - {after: [b], asks: ['x'], says: utter_greet}\n", encoding="utf-8")
    with pytest.raises(GuidanceError, match='after "b"; choose from a'):
        load_follow_ups(file)
    file.write_text("families: {a: [utter_greet]}\nfollow_ups:\n  - {after: [a], asks: ['('], says: utter_greet}\n", encoding="utf-8")
    with pytest.raises(GuidanceError, match="cannot be read"):
        load_follow_ups(file)
    file.write_text("families: {a: [utter_greet]}\nlists: {b: [x]}\nfollow_ups:\n  - {after: [a], asks: ['<c>'], says: utter_greet}\n", encoding="utf-8")
    with pytest.raises(GuidanceError, match="no list <c>"):
        load_follow_ups(file)
    file.write_text("families: {a: [utter_greet]}\nlists: {b: [x]}\nfollow_ups:\n  - {after: [a], asks: ['y'], says: utter_greet}\n", encoding="utf-8")
    with pytest.raises(GuidanceError, match='no rule uses the list "b"'):
        load_follow_ups(file)


def test_a_rule_is_left_out_where_its_unless_stands(tmp_path):
    file = tmp_path / "follow_ups.yml"
    file.write_text("families: {a: [utter_greet]}\nlists: {early: [soon, now]}\n"
                    "follow_ups:\n  - {after: [a], asks: ['how <early>'], unless: ['school'], says: utter_greet}\n", encoding="utf-8")
    known = load_follow_ups(file)
    assert known.find("how soon", {"utter_greet"}) and known.find("how now", {"utter_greet"})
    assert not known.find("how soon at school", {"utter_greet"}) and not known.find("how late", {"utter_greet"})


@pytest.mark.parametrize(("before", "text", "means"), [
    ("utter_plain_mum_reads_messages", "she only worries about me", "follow_parent_who_worries"),
    ("utter_plain_fell_out", "it was only about a bobble", "follow_small_fall_out"),
    ("utter_plain_goodbye_to_worker", "could i see him one last time", "plain_goodbye_to_worker"),
    ("utter_plain_see_my_brother", "but she never texts back", "plain_reach_my_worker"),
    ("utter_plain_carers_food", "what if he's offended", "plain_what_if_upset"),
    ("utter_plain_classmate_teased", "do i tell sir", "plain_will_telling_make_worse"),
    ("utter_plain_talk_about_school", "id rather not tell a teacher", "plain_not_a_teacher"),
    ("utter_greet", "just trying it out", "plain_just_testing"),
    ("utter_plain_need_to_be_sad", "cool im only bored", "plain_bored"),
    ("utter_ask_complaint", "it's the council", "plain_complain_council"),
    ("utter_ask_gateway_or_mash", "do they turn up at school", "plain_gateway_at_school")])
def test_what_young_people_ask_next_is_heard(before, text, means):
    assert after(before, text) == means


@pytest.mark.parametrize(("before", "text"), [
    ("utter_greet", "just checking a number"), ("utter_greet", "my neighbour is testing me"), ("utter_plain_carers_food", "he hurt me"),
    ("utter_plain_fell_out", "she hit me over the head"), ("utter_plain_change_contact_day", "dad hurt me there"), ("utter_ask_complaint", "how long is it")])
def test_words_that_only_look_like_a_next_question_stand_alone(before, text):
    assert after(before, text) not in ("plain_just_testing", "plain_what_if_upset", "follow_small_fall_out", "plain_complain_council")


@pytest.mark.parametrize(("before", "text", "means"), [
    ("the-partnership#what", "who's in charge of it", "follow_partnership_chair"), ("arrangements-structure#partners", "and nurseries? how about schools", None),
    ("arrangements-structure#partners", "and how about nurseries", "follow_partnership_schools"), ("priorities#list", "what's the third about", "follow_priority_third"),
    ("utter_building_support_what", "who is that for", "follow_building_support_who"), ("utter_plain_conference_letter", "could my nan come with me", None),
    ("utter_plain_conference_letter", "could I bring my sister", "plain_bring_someone"), ("utter_self_harm_other", "she refuses to talk about it", "follow_self_harm_wont_talk"),
    ("utter_bullied", "the head didn't do anything", "follow_school_lets_bullying"), ("utter_plain_babysitting", "is 11 ok", "follow_sitter_age"),
    ("utter_plain_rude_picture", "am i in trouble", "follow_picture_trouble"), ("utter_work_procedures", "any example we could use", "follow_policy_template"),
    ("utter_plain_need_or_protection", "are they the same thing", "follow_plans_not_same"), ("utter_ask_number", "who's in charge of it", None),
    ("utter_plain_dont_want_dads_weekend", "he always shouts at me", None), ("utter_plain_children_often_alone", "about two nights a week", None),
    ("utter_plain_children_often_alone", "hes only 7", "follow_alone_that_young")])
def test_papers_families_and_workers_ask_a_second_question(before, text, means):
    assert after(before, text) == means


@pytest.mark.parametrize(("before", "text", "means"), [
    ("utter_ask_number", "who do i ask for when i get through", "follow_who_to_ask_for"),
    ("utter_ask_number", "could my sister do the call instead", "follow_someone_rings_for_me"),
    ("utter_ask_out_of_hours", "do i need to ask for somebody by name", "follow_who_to_ask_for"),
    ("utter_ask_what_happens_next", "what do we do in the meantime", "follow_meanwhile"),
    ("utter_ask_what_happens_next", "And what should I be doing until then?", "follow_meanwhile"),
    ("utter_ask_how_long", "what do i do while i wait", "follow_meanwhile"),
    ("utter_should_i_tell", "who do i ask to speak to", "follow_who_to_ask_for"),
    ("utter_building_support_family", "how long does it go on for", "follow_help_how_long"),
    ("utter_building_support_what", "how do we get it", "follow_building_support_get"),
    ("utter_building_support_family", "does it cost anything", "follow_help_is_free"),
    ("utter_plain_visits", "how long will she stay", "follow_visit_how_long"),
    ("utter_plain_visits", "what if my 4 year old says something daft", "follow_child_says_something"),
    ("utter_plain_visits", "do they go upstairs", "follow_visit_upstairs"),
    ("utter_plain_visits", "ive not had chance to clean", "follow_visit_mess"),
    ("utter_plain_visits", "im so nervous about it", "follow_scared_of_visit"),
    ("utter_plain_visits", "and then what", "follow_after_visit"),
    ("utter_plain_who_comes", "how often do they come", "follow_visits_how_often"),
    ("utter_plain_let_them_in", "what if the place is a tip", "follow_visit_mess"),
    ("utter_plain_about_meetings", "how long does it last", "follow_meeting_how_long"),
    ("utter_plain_conference_letter", "do i have to go", "follow_must_i_go"),
    ("utter_plain_conference_letter", "what do i even say to them all", "follow_what_to_say_there"),
    ("utter_plain_conference_letter", "and after that?", "follow_after_meeting"),
    ("utter_plain_change_worker", "and if they say no", "follow_worker_says_no"),
    ("utter_plain_copy_of_report", "what if they refuse", "follow_worker_says_no"),
    ("utter_plain_see_my_records", "can i have someone with me when i read it", "follow_file_read_with"),
    ("utter_plain_see_my_records", "why is half of it blacked out", "follow_file_blacked_out"),
    ("utter_plain_complain_council", "how long do they take to answer", "follow_complaint_how_long"),
    ("utter_ask_complaint", "what do i put", "follow_complaint_words"),
    ("utter_plain_school_complaint", "what if the head just ignores it", "follow_school_says_no"),
    ("utter_ask_disagree", "then what", "follow_still_no"),
    ("utter_ask_allegation_about_worker", "do we tell him theres been an allegation", "follow_lado_tell_person"),
    ("utter_ask_allegation_about_worker", "how quickly do i have to do it", "follow_lado_how_soon"),
    ("utter_ask_allegation_about_worker", "it's about the head", "follow_lado_about_head"),
    ("utter_work_allegation_or_concern", "what if it turns out to be made up", "follow_lado_if_wrong"),
    ("utter_work_allegation_or_concern", "what happens next", "follow_lado_next"),
    ("utter_ask_consent_to_share", "does it have to be in writing", "follow_consent_how"),
    ("utter_ask_consent_to_share", "do I ask the young person", "follow_consent_young_person"),
    ("utter_work_form_details", "how do i know theyve got it", "follow_form_arrived"),
    ("utter_work_after_referral", "what do we do in the meantime", "follow_meanwhile"),
    ("asked:young_safeguarders", "how old do you have to be", "follow_young_safeguarders"),
    ("utter_plain_senco_support", "and if they don't", "follow_school_says_no"),
    ("utter_plain_additional_needs", "how long does it take", "follow_health_wait"),
    ("utter_plain_additional_needs", "is it free", "follow_help_is_free"),
    ("utter_plain_ehc_what", "how long does it take", "follow_ehc_how_long"),
    ("utter_plain_uniform_cost", "we both work though", "follow_money_and_work"),
    ("utter_plain_food_bank", "im so embarrassed", "follow_money_shame"),
    ("utter_plain_food_bank", "will they tell social services", "follow_asking_is_not_neglect"),
    ("utter_plain_no_money_this_week", "we're not on benefits", "follow_money_and_work"),
    ("utter_plain_housing", "what if the council say no", "follow_housing_says_no"),
    ("utter_bullied", "what will the school do", "follow_school_and_bullying"),
    ("utter_bullied", "i told miss already", "follow_told_once_already"),
    ("utter_bullied", "will they tell my mum", "follow_will_they_tell_parents"),
    ("utter_plain_fell_out", "i already said sorry", "follow_said_sorry_already"),
    ("utter_plain_fell_out", "what if she ignores me", "follow_friend_says_no"),
    ("utter_plain_no_friends", "what if they laugh at me", "follow_friend_says_no"),
    ("utter_plain_trusted_adult", "will they tell my mum", "follow_will_they_tell_parents"),
    ("utter_plain_trusted_adult", "what do i even say", "follow_first_words"),
    ("utter_plain_trusted_adult", "i havent got anyone", "follow_no_one_to_tell"),
    ("utter_plain_trusted_adult", "can i bring my mate", "follow_friend_comes_too"),
    ("utter_plain_young_minds", "how long is the wait", "follow_health_wait"),
    ("utter_plain_exam_stress", "will my teacher tell my parents", "follow_will_they_tell_parents"),
    ("utter_plain_ringing_childline", "is it free", "follow_help_is_free"),
    ("utter_plain_strict_parents", "what if he says no", "follow_parents_say_no"),
    ("utter_plain_house_rules", "how do i say it", "follow_first_words"),
    ("utter_plain_hear_them_argue", "i wouldnt know what to say", "follow_first_words"),
    ("utter_plain_parental_controls", "he just finds a way round it", "follow_ways_round_controls"),
    ("utter_plain_screen_time", "she kicks off when i take it", "follow_kicks_off_at_screen"),
    ("utter_plain_first_phone", "all his mates have got one", "follow_all_mates_have_it"),
    ("utter_plain_advocate", "does it cost", "follow_help_is_free"),
    ("utter_plain_care_review", "what if i dont go", "follow_must_i_go"),
    ("utter_plain_contact_centre", "how much is it", "follow_groups_cost"),
    ("utter_plain_parents_apart", "how much does court cost", "follow_court_costs"),
    ("utter_plain_late_back", "he takes no notice", "follow_other_parent_says_no"),
    ("utter_plain_evening_crying", "when does it stop", "follow_small_child_when"),
    ("utter_plain_tantrums", "how long does this last", "follow_small_child_when"),
    ("utter_plain_behaviour_tips", "he just laughs at me", "follow_child_laughs"),
    ("utter_plain_behaviour_tips", "hes autistic", "follow_tips_and_autism"),
    ("utter_plain_parenting_course", "is it free", "follow_groups_cost"),
    ("asked:ask_training", "how long is it", "follow_training"),
    ("utter_ask_anonymous", "he will guess it was me", "follow_they_will_guess"),
    ("utter_ask_anonymous", "what if she asks for her file", "follow_file_shows_reporter"),
    ("utter_ask_email", "how soon do they reply", "follow_email_answer"),
    ("utter_ask_in_person", "wheres the building", "follow_no_address"),
    ("utter_ask_records_other", "just a yes or no", "follow_not_even_yes"),
    ("utter_plain_threshold_plain", "for instance?", "follow_small_example"),
    ("utter_wishes_print", "is it ok to copy them or is there copyright", "follow_wishes_permission"),
    ("wishes_more", "can our cubs use them", "follow_wishes_club"),
    ("utter_adult_safeguarding", "he refuses any help", "follow_adult_says_no"),
    ("utter_work_in_a_home", "the manager said leave it", "follow_boss_keep_out"),
    ("utter_work_drivers", "do i tell my boss or gateway", "follow_lead_or_gateway"),
    ("utter_ask_allegation_about_worker", "its only banter", "follow_only_jokes"),
    ("utter_ask_language", "do i pay for the interpreter", "follow_interpreter_free"),
    ("utter_ask_cost", "can i borrow a phone", "follow_any_phone"),
    ("utter_ask_hours", "can it wait till tomorrow", "follow_can_wait_till_morning"),
    ("utter_building_support_what", "can i sign my sister up for it", "follow_put_her_name_down"),
    ("utter_building_support_how", "for how long would we get it", "follow_help_how_long"),
    ("utter_plain_still_a_child", "even at 17", "follow_still_counts_as_child"),
    ("utter_plain_help_a_family", "she is too proud", "plain_wont_admit_struggling"),
    ("utter_thanks", "do i call again if it goes on", "plain_ring_again_same_child"),
    ("utter_are_you_real", "can i come back later", "follow_come_back_here")])
def test_what_is_asked_after_families_of_replies(before, text, means):
    assert after(before, text) == means


@pytest.mark.parametrize(("before", "text"), [
    ("utter_plain_senco_support", "what if he doesn't come home"),
    ("utter_plain_visits", "what if he says he will hit me"),
    ("utter_plain_trusted_adult", "will they tell me the answers to my homework"),
    ("utter_plain_food_bank", "can i take my baby to the pub"),
    ("utter_plain_star_chart", "how do i get a council house"),
    ("utter_plain_ehc_what", "how long can a baby cry"),
    ("utter_plain_going_into_care", "my dads got my sister by the hair"),
    ("utter_ask_number", "can someone ring me back"),
    ("utter_plain_see_my_records", "can someone come to my house"),
    ("utter_plain_parental_controls", "knife and fork the right way round")])
def test_a_new_matter_after_these_families_is_left_alone(before, text):
    assert after(before, text) is None


@pytest.mark.parametrize(("before", "text", "means"), [
    ("utter_plain_family_support_worker", "my son wont talk to strangers", "follow_wont_talk_to_worker"),
    ("utter_plain_case_closed", "can she carry on a bit, im not ready", "follow_help_a_bit_longer"),
    ("utter_plain_friend_not_eating", "do i tell her mum or someone at school", "follow_their_mum_or_school"),
    ("utter_plain_fell_out", "she left me on read", "follow_friend_does_not_answer"),
    ("utter_ask_secret_promise", "what would i actually say then", "follow_secret_words")])
def test_what_is_asked_after_one_reply_is_answered(before, text, means):
    assert after(before, text) == means


@pytest.mark.parametrize(("before", "text", "not_said"), [
    ("utter_plain_why_social_worker", "she never speaks to me on my own", "follow_wont_talk_to_worker"),
    ("utter_plain_why_social_worker", "they wont say why they are coming", "follow_wont_talk_to_worker"),
    ("utter_plain_case_closed", "will it go on my record", "follow_help_a_bit_longer"),
    ("utter_plain_case_closed", "i dont want to stay with my dad", "follow_help_a_bit_longer"),
    ("utter_plain_friend_not_eating", "what if i tell and her dad hits her", "follow_their_mum_or_school"),
    ("utter_plain_fell_out", "my teacher ignored me when i told", "follow_friend_does_not_answer"),
    ("utter_plain_fell_out", "i told mum and she didnt answer", "follow_friend_does_not_answer"),
    ("utter_ask_secret_promise", "what should i say to the police", "follow_secret_words"),
    ("utter_wishes_list", "which one is broken the most", "follow_wishes_short_time")])
def test_a_child_who_was_not_heard_is_not_told_to_wait(before, text, not_said):
    assert after(before, text) != not_said


@pytest.mark.parametrize(("before", "text", "means"), [
    ("utter_plain_biting", "do I have to tell the other parents who it was", "follow_who_bit"),
    ("utter_work_first_week_basics", "I start on monday and im terrified", "follow_first_day_nerves"),
    ("utter_building_support_agency", "honestly my shift doesn't have time for this", "follow_building_support_no_time"),
    ("utter_building_support_agency", "we only go round for repairs really", "follow_building_support_no_time"),
    ("utter_ask_advice_first", "then what, does it count as a referral", "follow_advice_counts"),
    ("utter_work_secure_email", "and in whatsapp with my colleague?", "follow_work_chat_app"),
    ("utter_work_wishes_who_uses", "which one would you start with", "follow_wishes_start")])
def test_what_people_at_work_ask_next_is_answered(before, text, means):
    assert after(before, text) == means


@pytest.mark.parametrize(("before", "text"), [
    ("utter_work_new_and_unsure", "the boy looks scared"), ("utter_work_secure_email", "can I whatsapp the parents"),
    ("utter_plain_biting", "do i tell his mum")])
def test_what_only_sounds_like_a_question_at_work_is_left_alone(before, text):
    assert after(before, text) is None
