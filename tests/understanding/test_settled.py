"""Words that settle what a message is about."""
import pytest

from bot.understanding.settled import settled


@pytest.mark.parametrize("text", [
    "a coach kissed one of the girls", "our leader sits them on his lap", "he messages one girl at night", "the TA grabbed a boy", "she buys one of them presents",
    "he takes photos of the children on his phone", "the tutor keeps it a secret", "he was alone with her in a closed room", "she slapped his hand"])
def test_what_may_be_harm_by_a_worker_is_never_small(text):
    assert settled(text, "work_small_worry_about_colleague") == "ask_allegation_about_worker"


@pytest.mark.parametrize("text", ["another coach gives lads lifts home, is that allowed", "is it ok for a teacher to friend pupils on facebook"])
def test_a_question_about_the_rules_stays_one(text):
    assert settled(text, "work_small_worry_about_colleague") is None


def test_questions_to_ask_are_not_a_definition():
    assert settled("what questions should I ask a family, the Building Support way?", "building_support_practitioner") == "work_talk_with_family"
    assert settled("what questions will Gateway ask me", "ask_what_will_they_ask") is None


def test_how_the_whole_family_is_worked_with_is_not_what_a_report_sets_off():
    assert settled("do they talk with the whole family or only me", "ask_what_happens_next") == "building_support_family"
    assert settled("will they tell my whole family it was me", "ask_will_they_tell") is None
    assert settled("what happens after i ring", "ask_what_happens_next") is None


def test_a_girl_who_was_cut_did_not_do_it_herself():
    assert settled("a girl in my class told me she was cut, im a teacher", "self_harm_other") == "ask_fgm_duty"
    assert settled("my daughter has been cutting her arms", "self_harm_other") is None
    assert settled("she was cut on the arm", "self_harm_other") is None
    assert settled("her aunt says she will be cut on the holiday", "practitioner_urgent") == "ask_fgm_duty"
    assert settled("his benefits will be cut in summer", "practitioner_urgent") is None
    assert settled("my benefits are going to be cut and my daughter needs school shoes", "plain_money_help") is None
    assert settled("does my daughter's hair need to be cut for school", "plain_uniform") is None
    assert settled("when i am sad i get cut and bleed, i hate gran", "self_harm_me") is None
    assert settled("my sister said she got cut but i found razor blades under her bed", "self_harm_other") is None
    assert settled("she was cut on her thighs and stomach", "self_harm_other") is None


@pytest.mark.parametrize(("text", "means"), [
    ("School nurse. A girl of nine may be taken abroad at half term to be cut", "ask_fgm_duty"), ("my niece is to be cut when they fly to gran's", "plain_fgm_family"),
    ("can her hours be cut in the summer", None)])
def test_a_girl_who_is_to_be_cut_gets_the_duty_at_work_and_words_for_families_else(text, means):
    assert settled(text, "plain_fgm_family") == means


@pytest.mark.parametrize(("text", "means"), [
    ("Baby of 8 weeks has a small bruise by the ear, parents say the cot did it", "practitioner_urgent"), ("nursery: 5 month old came in with a bruise", "practitioner_urgent"),
    ("a 10 week old has a bruise on her arm and her mum says the cat", "worry_about_child"), ("my 6 week old has a bruise from the jab", None),
    ("do i tell nursery that my son has a bruise, he is 4", None), ("she fell two weeks ago and still has a bruise", None),
    ("what is the protocol for a bruise on a 3 month old", None)])
def test_a_bruise_on_a_baby_who_does_not_move_is_no_bump_to_tell_the_nursery(text, means):
    assert settled(text, "plain_tell_nursery_bump") == means


@pytest.mark.parametrize(("text", "heard", "means"), [
    ("my pupil is 7 and her aunts take her on a long holiday for a special celebration", "practitioner_support", "ask_fgm_duty"),
    ("she is flying to spain in summer for a special celebration, her gran's birthday", "plain_term_holiday", None),
    ("hear shouting thru the wall most nights and a kid crying", "plain_crying_next_door", "worry_about_child"),
    ("my baby cries when next door are shouting", "plain_crying_next_door", None), ("a baby cries next door all evening", "plain_crying_next_door", None),
    ("niece of 8 started to wet the bed, and she draws rude things", "plain_wetting_again", "worry_about_child"),
    ("he wets the bed and he draws dinosaurs", "plain_wetting_again", None),
    ("health visitor, no answer at the door again, baby heard crying", "work_family_cancels", "practitioner_urgent"),
    ("no answer at the door again, they forgot me", "work_family_cancels", None),
    ("a girl in year 8 gets picked up by an older man in different cars", "plain_man_near_school", "worry_about_child"),
    ("there is an older man who picks a girl of 13 up", "plain_man_near_school", "worry_about_child"),
    ("he's got pics of me and says he'll send them to my whole year if i dont do more", "child_telling", "plain_asked_for_pictures")])
def test_what_sounds_ordinary_and_is_not_is_settled_for_the_child(text, heard, means):
    assert settled(text, heard) == means


def test_our_own_button_begins_a_contact():
    assert settled("Yes, write it down", "check_answers") == "start_contact"
    assert settled("did you write it down", "check_answers") is None


def test_who_is_too_close_to_a_child_is_told_at_once():
    assert settled("im a teacher and my colleague is too close to a pupil", "work_conflict") == "ask_allegation_about_worker"
    assert settled("the club is too close to the road", "work_conflict") is None


@pytest.mark.parametrize(("text", "heard", "means"), [
    ("tenwishes", "nlu_fallback", "wishes_list"), ("the 10 wishes pls", "out_of_scope", "wishes_list"),
    ("the one about long words", "who_wrote_this", "wish_find"), ("is number nine the safe one", "guidance_question", "wish_find"),
    ("no 2 n no 9", "nlu_fallback", "wish_find"), ("The wish on training was ignored, whom do I tell?", "wish_broken_trained", "plain_wish_broken_whom"),
    ("the one about long words", "child_telling", "child_telling"), ("no one listens to me", "feeling_low", "feeling_low"),
    ("is there one that says do not laugh at us", "nlu_fallback", "wish_find"), ("Im 10. Is there one about pets?", "out_of_scope", "wish_find"),
    ("which wish is about pocket money", "plain_wish_broken_most", "wish_find"), ("which wish covers what you write in my file", "guidance_question", "wish_find"),
    ("do they have one about telling my teacher things", "plain_teacher_told_others", "wish_find"), ("is there a wish for pocket money", "out_of_scope", "wish_find"),
    ("is there one near me", "plain_family_hub", "plain_family_hub"), ("which one is open on sundays", "ask_hours", "ask_hours"),
    ("no one was on time", "wish_broken_on_time", "wish_broken_on_time")])
def test_a_wish_is_heard_by_half_of_its_name(text, heard, means):
    assert (settled(text, heard) or heard) == means


@pytest.mark.parametrize(("text", "heard", "means"), [
    ("samaritans helpline", "guidance_question", "ask_number"), ("what's 01752 668000", "plain_card_left", "ask_is_number_right"),
    ("so is pscp@plymouth.gov.uk the one, or another", "ask_other_place", "ask_is_number_right"),
    ("is 0800 1111 free", "ask_cost", "ask_cost"), ("I rang 01752 668000 and nobody spoke", "line_not_answered", "line_not_answered"),
    ("need the doctors out of hours number", "emergency_or_not", "ask_number"), ("police", "out_of_scope", "out_of_scope")])
def test_a_line_is_heard_by_its_bare_name_or_number(text, heard, means):
    assert (settled(text, heard) or heard) == means


@pytest.mark.parametrize("text", ["can you write it down and pass it on", "could you please write all this down for them", "will you pass it on"])
def test_whoever_asks_us_to_write_it_down_gets_it_begun(text):
    assert settled(text, "plain_write_instead") == "start_contact"


def test_whoever_asks_how_writing_works_is_told():
    assert settled("is it possible to do this in writing instead of the phone", "plain_write_instead") is None


@pytest.mark.parametrize("text", ["there's a small boy who hangs about my stall, who do I talk to?", "i know two kids who are always out, who should i tell"])
def test_a_child_who_is_about_and_whom_to_tell_is_a_worry(text):
    assert settled(text, "plain_child_at_my_door") == "worry_about_child"


@pytest.mark.parametrize("heard", ["ask_fgm_duty", "work_nursery_absence", "practitioner_support"])
def test_a_girl_who_is_to_be_cut_is_a_duty_to_report_whatever_it_sounds_like(heard):
    assert settled("a year 5 girl is flying out this summer to be cut, I was told", heard) == "ask_fgm_duty"
    assert settled("my grass needs to be cut", heard) is None

@pytest.mark.parametrize("text", ["my ex won't take her to the dentist, her teeth are brown and she is in pain", "nobody takes the lad to a doctor and his ear is all swollen",
                                  "his mum refuses to take him to the dentist though he cries when he chews", "her dad will not take her to hospital, her arm is swollen"])
def test_a_child_in_pain_whom_nobody_takes_to_be_seen_is_a_worry(text):
    assert settled(text, "plain_child_dentist") == "worry_about_child"


@pytest.mark.parametrize("text", ["she has holes in her teeth and i cannot find a dentist", "he cries when i take him to the dentist", "my son is in pain, which dentist takes children"])
def test_whoever_looks_for_a_dentist_is_told_of_one(text):
    assert settled(text, "plain_child_dentist") is None


@pytest.mark.parametrize(("text", "heard", "means"), [
    ("i can't do this anymore", "never_mind", "self_harm_me"), ("i cant do this any more tbh", "stop", "self_harm_me"),
    ("kms kms for real this time", "nlu_fallback", "self_harm_me"), ("id rather be dead than tell my mum", "nlu_fallback", "self_harm_me"),
    ("my mate says he thinks of stepping in front of trains", "nlu_fallback", "self_harm_other"),
    ("still on the camhs list and she's told the gp she has a plan", "nlu_fallback", "self_harm_other"),
    ("a pupil dropped a page headed 'ways' in my room", "worry_about_child", "self_harm_other"),
    ("my granddaughter told me that she had thought about the bridge", "self_harm_me", "self_harm_other"),
    ("the box room has a lock on the outside and there is a cot in it", "plain_messy_smelly_home", "worry_about_child"),
    ("he says the mark is from the dog, and they have no dog", "plain_ordinary_risk", "worry_about_child"),
    ("my niece is so thin that I can count her ribs", "plain_child_weight", "worry_about_child"),
    ("She is 14, her boyfriend is 23, and she wants the pill", "work_under_16_contraception", "practitioner_urgent"),
    ("our lead is the wife of the man it is about", "work_lead_away", "ask_allegation_about_worker"),
    ("my manager told me not to refer it", "work_conflict", "work_own_employer"), ("The head thinks there's no need for a referral", "work_conflict", "work_lead_did_nothing"),
    ("if they say no, can I still send it", "work_share_with_housing", "work_family_declined")])
def test_what_must_not_be_taken_for_an_ordinary_matter_is_not(text, heard, means):
    assert settled(text, heard) == means


def test_words_also_settle_what_was_heard_so_already_and_is_only_just_likeliest():
    assert settled("i no wen dad is gona kick off cos he puts his rings on", "child_telling") == "child_telling"


@pytest.mark.parametrize(("text", "heard"), [
    ("the manager said to report it to the council", "work_recording"), ("i cant do this homework anymore", "homework"), ("i cant do this anymore its ten pages of algebra", "everyday_talk"), ("kms this lesson is so long", "nlu_fallback"),
    ("id rather be dead than eat sprouts", "everyday_talk"), ("the social worker told us she has a plan for us", "nlu_fallback"),
    ("a list called ways to help mum", "nlu_fallback"), ("i told my friend that i thought about it", "self_harm_me"),
    ("the lock on the outside gate of the nursery is broken", "nlu_fallback"), ("the bruise is from the trampoline at the park", "plain_ordinary_risk"),
    ("you can see my son's ribs, is he too thin", "plain_child_weight"), ("she is 15, her boyfriend is 16", "work_under_16_contraception")])
def test_what_only_sounds_like_it_is_left_as_it_was_heard(text, heard):
    assert settled(text, heard) is None


def test_whoever_asks_if_building_support_is_for_them_is_told_and_a_worry_beside_its_name_stays_one():
    assert settled("i cry at work and the house is a mess, is building support for the likes of us", "worry_about_child") == "building_support_family"
    assert settled("we had building support and now her little girl is covered in bruises", "worry_about_child") is None


@pytest.mark.parametrize(("text", "heard", "means"), [
    ("my tutee told me of a plan with a date and her mum laughs at it", "practitioner_support", "self_harm_other"), ("they have a plan and a date for the review meeting", "practitioner_support", None),
    ("i sleep nothing, i want finish", "plain_need_a_break", "self_harm_me"), ("i want to finish school early", "plain_need_a_break", None),
    ("auntie says i get a small operation like our girls do", "plain_hospital_kids", "child_telling"), ("she had an operation on her knee", "plain_hospital_kids", None),
    ("he came back from his dads and is terrified of the bath", "plain_child_fears", "worry_about_child"), ("he came back from his dads and wants a dog", "plain_child_fears", None),
    ("her mum is bipolar, stopped her meds, the kids are in bed", "someone_may_report_me", "worry_about_child"), ("i am bipolar and stopped my meds years ago", "someone_may_report_me", None),
    ("heard the boy next door say please dont to his dad", "self_harm_other", "worry_about_child"), ("heard please dont in a film", "self_harm_other", None)])
def test_what_is_told_so_quietly_that_it_sounds_like_another_thing(text, heard, means):
    assert settled(text, heard) == means
