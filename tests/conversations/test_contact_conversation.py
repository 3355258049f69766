"""Taking a contact, without Rasa: what is asked, what is understood, what is kept."""
import pytest

from bot.handoff.conversation import Outcome
from bot.handoff.parcel import contact_id
from bot.handoff.payload import payload
from bot.handoff.questions import BY_ID, CHECK
from bot.words import load_words
from tests.handoff.taking import CHILD, PUBLIC, WORK, Taking, at


def test_the_public_path_ends_at_the_check_and_nothing_is_sent_before_a_yes():
    taking = at(CHECK)
    assert taking.turn.outcome is Outcome.ASKING
    assert taking.say("hmm let me think").turn.outcome is Outcome.ASKING
    assert taking.say("yes that's right").turn.outcome is Outcome.SEND


@pytest.mark.parametrize("not_a_yes", ["don't send it yet", "no", "wait", "who reads it?", "send what?", "not yet", "maybe", "is it right to send it?",
                                       "yes but her name is spelt wrong", "ok what happens next", "who will you send it to", "send someone to the house",
                                       "right, I need to look at the address", "sure, one second", "I do want to add something", "send it but not my name",
                                       "should I send it", "yes and also he hit her", "is it right", "go on then who reads it", "thanks", "she is fine", "send help please", "yes and thanks for your help with the last one"])
def test_only_a_clear_yes_sends(not_a_yes):
    assert at(CHECK).say(not_a_yes).turn.outcome is not Outcome.SEND


@pytest.mark.parametrize("yes", ["y", "yeah", "k", "yep send it", "send it", "perfect, send it", "Yes, send it", "go ahead", "yes, that’s all correct",
                                 "can you send it please?", "I'm happy with that, please send it", "looks good", "Send it off, thank you", "yes 👍", "yes send it please and thank you so much for your help"])
def test_people_say_yes_in_many_ways(yes):
    assert at(CHECK).say(yes).turn.outcome is Outcome.SEND


@pytest.mark.parametrize("words", ["leave it", "leave it blank", "leave that", "pass"])
def test_words_that_may_mean_one_question_never_delete_the_whole(words):
    taking = at("parents").say(words)
    assert taking.turn.outcome is Outcome.ASKING and taking.turn.draft["answers"]["worry"]
    assert taking.turn.draft["answers"]["parents"] == {"state": "skipped"}


def test_danger_at_the_gate_is_999_and_the_draft_is_kept():
    taking = Taking("yes")
    assert taking.turn.outcome is Outcome.DANGER
    assert taking.keys == ["utter_danger_now"]
    assert taking.turn.draft["paused"]


def test_after_an_alarm_it_offers_to_carry_on_or_stop_and_does_neither_by_itself():
    taking = at("child").say("he is ok now", after_alarm=True)
    assert taking.keys == ["contact_paused"]
    assert "child" not in taking.answers
    assert taking.say("carry on").keys == ["contact_resumed", "ask_child"]


def test_carrying_on_at_once_after_an_alarm_is_understood():
    taking = at("child").say("police are there now, he's with me. can we finish what we were doing", after_alarm=True)
    assert taking.keys == ["contact_resumed", "ask_child"]


@pytest.mark.parametrize("stop", ["stop", "cancel", "delete it", "I don't want to do this any more", "never mind", "forget it"])
@pytest.mark.parametrize("where", ["who", "birth", CHECK])
def test_stop_forgets_everything_at_any_moment(where, stop):
    turn = at(where).say(stop).turn
    assert turn.outcome is Outcome.STOPPED
    assert turn.draft is None


def test_a_spelling_is_put_right_wherever_it_stands():
    taking = at("birth", child="Kit Falsworth").say("sorry I've spelt his surname wrong, it's Falworth not Falsworth")
    assert taking.answers["child"]["said"] == "Kit Falworth"
    assert taking.keys == ["contact_changed", "ask_birth"]


@pytest.mark.parametrize(("said", "key", "now"), [
    ("no, she's 9", "birth", "9"), ("actually he's about 8", "birth", "about 8"), ("no, it's 2 Made-up Row not 1 Made-up Row", "address", "2 Made-up Row"),
    ("sorry, the address is 3 Made-up Row", "address", "3 Made-up Row"), ("actually her name is Robyn", "child", "Robyn"), ("no, he's called Robert", "child", "Robert"),
    ("change the school to Other Primary", "school", "Other Primary"), ("can I change the mum's name to Kaye", "parents", "Kaye"),
    ("she's not born yet", "birth", "not born yet"), ("actually the baby is not born yet, due in March", "birth", "not born yet, due in march")])
@pytest.mark.parametrize("where", ["others", CHECK])
def test_an_answer_is_changed_out_of_order_in_the_persons_own_words(where, said, key, now):
    taking = at(where).say(said)
    assert taking.answers[key]["said"].lower() == now.lower()
    assert taking.keys[0] == "contact_changed"
    assert taking.asking == where


def test_a_story_that_speaks_of_change_is_a_story():
    words = "he wants to change schools and his mum said she would correct him if he says that again"
    assert at("worry").say(words).answers["worry"]["said"] == words


def test_a_change_at_the_check_shows_the_new_summary_only():
    taking = at(CHECK).say("change the address to 2 Made-up Row")
    assert taking.keys == ["contact_changed", "contact_summary"]
    assert taking.answers["address"]["said"] == "2 Made-up Row"


def test_a_change_without_the_new_words_asks_that_question_again_and_comes_back():
    taking = at(CHECK).say("change the address")
    assert taking.keys == ["ask_address"]
    assert taking.say("2 Made-up Row").keys == ["contact_summary"]


def test_a_changed_date_is_read_like_a_first_one():
    taking = at(CHECK).say("change the date of birth to 12/12/2031")
    assert taking.keys == ["birth_in_future"]
    assert taking.say("12/12/2021").answers["birth"]["date"] == "2021-12-12"


@pytest.mark.parametrize(("said", "now"), [
    ("change the name to Rob and the address to 2 Other Row", {"child": "Rob", "address": "2 Other Row"}),
    ("actually it's not Pretend Primary it's Other Primary and he's 8", {"school": "Other Primary", "birth": "8"}),
    ("sorry, his name is Bob and he's 10", {"child": "Bob", "birth": "10"}), ("no wait he's called Rob", {"child": "Rob"}),
    ("change the address to 1 Row and Lane", {"address": "1 Row and Lane"}), ("change the mum's name to Kay and Jo", {"parents": "Kay and Jo"})])
@pytest.mark.parametrize("where", ["others", CHECK])
def test_two_answers_are_changed_at_once_and_an_and_inside_an_answer_stays(where, said, now):
    before = dict(at(where).answers)
    taking = at(where).say(said)
    assert taking.turn.says[0] == ("contact_changed", {"answers": tuple(now)})
    assert {key: answer["said"] for key, answer in taking.answers.items() if answer != before.get(key)} == now
    assert taking.asking == where


def test_two_answers_that_are_to_be_changed_are_asked_for_one_after_the_other():
    taking = at(CHECK).say("change the school and the age")
    assert taking.keys == ["ask_birth"]
    assert taking.say("9").keys == ["ask_school"]
    assert taking.say("Other Primary").asking == CHECK


@pytest.mark.parametrize("said", ["the address is wrong", "no, the address is not right", "the address", "address"])
def test_what_is_said_to_be_wrong_is_asked_for_and_wrong_is_never_the_answer(said):
    taking = at(CHECK).say(said)
    assert taking.keys == ["ask_address"]
    assert taking.say("2 Made-up Row").asking == CHECK


def test_change_something_and_then_what():
    taking = at(CHECK).say("change something")
    assert taking.keys == ["contact_change_which"]
    assert taking.say("the school").keys == ["ask_school"]


@pytest.mark.parametrize("said", ["I forgot to say he has bruises on his arm", "add that he is often hungry", "sorry, I should have said his nan helps",
                                  "one more thing, the dog bites", "can you add that he is often late"])
@pytest.mark.parametrize("where", ["address", "phone", CHECK])
def test_what_was_forgotten_is_added_to_the_account_wherever_it_is_told(where, said):
    taking = at(where, you="Sam").say(said)
    assert taking.keys[0] == "contact_added" and taking.asking == where
    assert taking.answers["worry"]["said"] == f"{PUBLIC['worry']}\n{said}"


@pytest.mark.parametrize("said", ["also his sister is left alone", "and he is cold at night", "oh also he said that he is hungry"])
def test_at_the_check_also_adds_something(said):
    assert at(CHECK).say(said).answers["worry"]["said"] == f"{PUBLIC['worry']}\n{said}"


@pytest.mark.parametrize("said", ["can I add something", "I want to add something", "I forgot to say something", "add more"])
def test_who_wants_to_add_something_is_asked_what(said):
    taking = at(CHECK).say(said)
    assert taking.keys == ["contact_add_what"]
    assert taking.say("he is cold at night").asking == CHECK
    assert taking.answers["worry"]["said"] == f"{PUBLIC['worry']}\nhe is cold at night"


@pytest.mark.parametrize(("said", "key"), [("delete the phone number", "phone"), ("remove my name", "you"), ("take out the address", "address"),
                                           ("please take my name out", "you"), ("can you leave out the school", "school")])
def test_an_answer_is_taken_out_and_the_rest_stays(said, key):
    taking = at(CHECK, you="Sam Sample").say(said)
    assert taking.answers[key]["state"] == "skipped" and taking.asking == CHECK
    assert taking.answers["worry"]["said"] == PUBLIC["worry"]
    assert taking.turn.outcome is Outcome.ASKING


def test_a_professionals_name_is_not_taken_out_but_asked_for():
    assert at(CHECK, WORK).say("remove my name").keys == ["need_you"]


@pytest.mark.parametrize("where", ["danger", "child", "phone", "safe_contact"])
@pytest.mark.parametrize("said", ["no wait", "wait", "hang on a sec", "let me think", "hmm", "one moment please"])
def test_who_needs_a_moment_has_answered_nothing(where, said):
    taking = at(where, you="Sam")
    before = dict(taking.answers)
    assert taking.say(said).keys == ["contact_wait", f"ask_{where}"]
    assert taking.answers == before


@pytest.mark.parametrize("said", ["?", "😢", "...", "👍"])
def test_a_sign_is_no_answer_until_it_is_given_twice(said):
    taking = at("child").say(said)
    assert taking.keys == ["contact_only_signs", "ask_child"] and "child" not in taking.answers
    assert taking.say(said).answers["child"]["said"] == said


@pytest.mark.parametrize(("where", "said", "answer"), [("danger", "👎", {"state": "given", "said": "👎", "value": "no"}), ("more_children", "👎🏽", {"state": "given", "said": "👎🏽", "value": "no"}),
                                                       ("address", "🤷‍♀️", {"state": "unknown"}), ("birth", "🤷", {"state": "unknown"})])
def test_a_thumb_answers_a_choice_and_a_shrug_is_not_knowing(where, said, answer):
    assert at(where).say(said).answers[where] == answer


def test_a_thumb_is_no_clear_yes():
    assert at(CHECK).say("👍").turn.outcome is Outcome.ASKING


def test_an_account_that_comes_word_by_word_is_one_account():
    taking = at("worry", CHILD)
    for word in ("mum", "is", "always", "asleep", "and forgets", "dinner"):
        assert taking.say(word).keys == ["contact_go_on"]
    assert taking.say("that's all").keys == ["ask_safe_tonight"]
    assert taking.answers["worry"]["said"] == "mum is always asleep and forgets dinner"
    assert taking.say("back").say("he shouts every night").answers["worry"]["said"] == "he shouts every night"


@pytest.mark.parametrize("said", ["no", "that is all", "nothing else", "skip", "done", "carry on"])
def test_a_short_account_may_stay_short(said):
    taking = at("worry").say("bruises").say(said)
    assert taking.asking == "child" and taking.answers["worry"]["said"] == "bruises"


def test_a_long_account_may_come_in_parts():
    part = "I went to see them and the house was cold. " * 90
    taking = at("worry").say(part)
    assert taking.keys == ["contact_next_part"]
    assert taking.say(part).keys == ["contact_next_part"]
    assert taking.say("Kind regards, the neighbour").asking == "child"
    assert taking.answers["worry"]["said"] == f"{part.strip()}\n{part.strip()}\nKind regards, the neighbour"


def test_a_question_between_the_pieces_is_answered_and_the_pieces_stay():
    taking = at("worry", CHILD).say("mum")
    assert taking.say("why do you ask that?").keys == ["why_worry", "ask_worry_child"]
    assert taking.say("is asleep").answers["worry"]["said"] == "mum is asleep"
    assert at("worry", CHILD).say("mum").say("what is Gateway?", side=True).turn.outcome is Outcome.SIDE_QUESTION


@pytest.mark.parametrize("piece", ["he is", "are you there?", "does he", "she is so sad all day", "yes he did", "ok so"])
def test_no_piece_is_lost_or_takes_the_place_of_another(piece):
    assert at("worry", CHILD).say("mum").say(piece).answers["worry"]["said"].split() == ["mum", *piece.split()]


@pytest.mark.parametrize("said", ["read it back", "show me it again", "can you read it all back to me", "let me see it", "does it say Robin?", "what have you got so far"])
def test_the_answers_are_read_back_when_asked_for(said):
    assert at(CHECK).say(said).keys == ["contact_summary"]
    assert at("school").say(said).keys == ["contact_so_far", "ask_school"]


@pytest.mark.parametrize("said", ["mum won't read it to him", "he shows me his drawings", "she told me to say that nothing happened"])
def test_an_answer_that_speaks_of_reading_is_an_answer(said):
    assert at("others").say(said).answers["others"]["said"] == said


def test_back_asks_the_question_before():
    assert at("birth").say("back").keys == ["ask_child"]


@pytest.mark.parametrize(("said", "state"), [("skip", "skipped"), ("rather not say", "skipped"), ("dunno", "unknown"), ("i don't know", "unknown"),
                                             ("n/a", "not_applicable")])
def test_unknown_is_not_skipped_and_neither_is_blank(said, state):
    assert at("birth").say(said).answers["birth"] == {"state": state}


def test_what_follows_dont_know_is_kept():
    assert at("birth").say("dont know exactly, primary age").answers["birth"]["said"] == "dont know exactly, primary age"


def test_the_worry_itself_is_needed():
    assert at("worry").say("skip").keys == ["need_worry"]


def test_one_thing_that_identifies_the_child_is_asked_for_once_more_and_then_left_to_them():
    taking = at("unsafe", child="skip", address="skip", school="dunno").say("no")
    assert taking.keys == ["need_child"]
    assert taking.say("skip").asking == CHECK
    assert at("unsafe", child="skip", address="skip", school="dunno").say("no").say("a boy with a red scooter").answers["child"]["said"] == "a boy with a red scooter"


def test_a_professional_gives_a_name_and_the_public_need_not():
    taking = at("you", WORK)
    assert taking.keys == ["ask_you_practitioner"]
    assert taking.say("no name").keys == ["need_you"]
    assert at("you").say("no name").answers["you"]["anonymous"] is True


def test_a_professional_can_be_reached_by_phone_or_by_e_mail():
    assert at("email", WORK).say("skip").asking != "email"
    assert at("email", WORK, phone="skip").say("skip").keys == ["need_email"]


@pytest.mark.parametrize("said", ["can I stay anonymous", "do I have to give my name?", "I want to be anonymous"])
def test_somebody_who_wants_to_stay_anonymous_is_heard_at_once_and_not_asked_for_a_name(said):
    taking = at("school").say(said)
    assert taking.keys == ["contact_anonymous", "ask_school"]
    taking.reaches(CHECK)
    assert taking.answers["you"]["anonymous"] is True
    assert not {"phone", "email", "share_name"} & set(taking.answers)
    assert at("school", WORK).say(said).keys == ["contact_anonymous_not_at_work", "ask_school"]


def test_a_child_is_asked_a_childs_questions_and_never_for_an_agency_or_a_parents_number():
    asked = list(at(CHECK, CHILD).answers)
    assert not {"role", "agency", "you", "parents", "family_knows", "relationship", "phone", "email"} & set(asked)
    assert {"safe_tonight", "safe_to_reach", "must_not_know"} <= set(asked)
    assert asked == [key for key in CHILD if key in asked]


def test_a_child_who_is_not_safe_tonight_hears_who_to_ring_and_may_go_on():
    assert at("safe_tonight", CHILD).say("not really").keys == ["contact_not_safe_tonight", "ask_trusted"]


def test_an_urgent_concern_of_a_professional_goes_to_the_phone_and_the_form_goes_on():
    assert at("urgent", WORK).say("yes").keys == ["contact_urgent", "ask_worry_practitioner"]


def test_a_worry_already_told_is_read_back_with_its_details_and_not_asked_again():
    taking = Taking("no", "no", first="the little lad next door is 7 years old and out on his own until ten most nights", worry=True)
    assert taking.turn.says[0] == ("contact_told_read_back", {"answers": ("worry", "birth", "relationship")})
    assert taking.answers["birth"]["years"] == 7
    taking.reaches(CHECK)
    assert taking.answers["relationship"]["said"] == "neighbour"


@pytest.mark.parametrize(("first", "key", "said"), [
    ("I'm a class teacher, not urgent", "role", "class teacher"), ("midwife. a baby that isn't born yet, due in about 3 weeks", "birth", "not born yet, due in about 3 weeks"),
    ("nursery worker, want to hand over a worry", "role", "nursery worker"), ("a girl in Year 5 at Pretend Primary", "birth", "Year 5"),
    ("a girl in Year 5 at Pretend Primary", "school", "Pretend Primary"), ("a boy called Robin Fictionton", "child", "Robin Fictionton"),
    ("she lives at 14 Madeup Row, I teach her", "address", "14 Madeup Row")])
def test_details_of_the_first_message_are_used(first, key, said):
    assert Taking("no", "my job", first=first).answers[key]["said"] == said


@pytest.mark.parametrize(("said", "kind", "shown"), [("in March", "unborn", None), ("3 May 2027", "unborn", "3 May 2027"), ("he was born 3 May 2026", "exact", "3 May 2026"),
                                                      ("dunno", "unborn", None), ("he's not born yet, due in about 3 months", "unborn", None)])
def test_who_said_that_a_baby_is_not_born_yet_is_asked_only_when_it_is_due(said, kind, shown):
    taking = Taking("no", "my job", first="midwife. it's about a baby that isn't born yet").reaches("birth", WORK)
    assert taking.keys == ["ask_birth_unborn"]
    answer = taking.say(said).answers["birth"]
    assert (answer["kind"], answer.get("shown")) == (kind, shown)


@pytest.mark.parametrize("first", ["I'm 45 and worried", "I've been a nurse for 9 years", "he shouts at 7 in the morning", "she's 2 hours late each day"])
def test_a_number_that_is_no_childs_age_is_not_taken_for_one(first):
    assert "birth" not in Taking("no", "public", first=first).answers


def test_a_childs_own_age_is_used_on_the_childs_path_only():
    first = "im 12 and i dont know if this is for me but stuff at home isnt ok"
    assert Taking("no", "it's about me", first=first).answers["birth"]["years"] == 12
    assert "birth" not in Taking("no", "my job", first=first).answers


@pytest.mark.parametrize("said", ["actually there are two of them", "there's two kids", "its both children", "oh they are twins"])
def test_more_children_are_asked_about_one_after_the_other(said):
    taking = at("school").say(said)
    assert taking.keys == ["contact_more_noted", "ask_school"]
    taking.reaches("child:2")
    assert taking.keys == ["ask_child_next"]
    taking.say("Toby").say("4").say("same as Robin")
    assert taking.answers["address:2"] == {"state": "given", "said": "same as Robin", "shown": "1 Made-up Row"}
    taking.reaches(CHECK)
    assert [child["child"]["said"] for child in payload(taking.answers)["children"]] == ["Robin", "Toby"]


def test_another_child_can_be_added_when_asked_and_each_can_be_changed():
    taking = at("more_children").say("yes, his sister").say("Ana").say("4").say("the same").say("skip")
    assert taking.asking == "more_children:2"
    taking.say("no").reaches(CHECK)
    taking.say("change the first child's age to 8").say("change the second child's age to 5")
    assert (taking.answers["birth"]["said"], taking.answers["birth:2"]["said"]) == ("8", "5")


def test_what_is_not_an_answer_to_whether_there_is_another_child_is_not_lost_unseen():
    assert at("more_children").say("mum is Kay").keys == ["need_more_children"]


@pytest.mark.parametrize(("said", "flag"), [("I'm deaf, text only", "deaf"), ("i need an interpreter", "interpreter"), ("please don't ring me", "do_not_contact")])
def test_what_must_be_known_before_getting_in_touch_is_noted_wherever_it_is_said(said, flag):
    taking = at("school").say(said)
    assert taking.keys == ["contact_noted", "ask_school"]
    taking.reaches(CHECK)
    assert flag in payload(taking.answers)["first"]
    assert taking.answers["needs"]["said"] == said


@pytest.mark.parametrize(("answers", "flag"), [({"safe_contact": "no", "you": "Sam"}, "do_not_contact"), ({"family_knows": "it would not be safe"}, "unsafe_if_known"),
                                               ({"parents": "mum does not speak English"}, "interpreter"), ({"unsafe": "dad would be furious"}, "unsafe_if_known")])
def test_what_a_reader_must_see_first_is_first(answers, flag):
    assert flag in payload(at(CHECK, **answers).answers)["first"]


def test_an_ordinary_contact_has_nothing_that_must_be_seen_first():
    assert payload(at(CHECK).answers)["first"] == []


def test_saying_that_is_all_goes_to_the_end_and_leaves_nothing_out_that_is_needed():
    assert at("birth").say("that's all I know").asking == CHECK
    assert at("birth", WORK).say("skip the rest").asking == "you"


def test_a_side_question_is_left_to_others_and_is_not_an_answer():
    taking = at("birth").say("what's Operation Encompass?", side=True)
    assert taking.turn.outcome is Outcome.SIDE_QUESTION
    assert "birth" not in taking.answers


@pytest.mark.parametrize("where", ["worry", "birth", CHECK])
def test_who_says_that_it_is_a_question_is_not_answering_whatever_else_was_heard(where):
    assert at(where).say("before I answer that, what is Operation Encompass?").turn.outcome is Outcome.SIDE_QUESTION


def test_a_question_inside_a_long_worry_is_part_of_the_worry():
    words = "she had bruises on both arms on Monday and again today and she flinched when I reached over, is that normal for a child of five?"
    assert at("worry").say(words, side=True).answers["worry"]["said"] == words


def test_why_it_is_asked_is_said_and_it_is_asked_again():
    assert at("birth").say("why do you need that?").keys == ["why_birth", "ask_birth"]


@pytest.mark.parametrize(("said", "kind", "shown"), [
    ("14/03/2017", "exact", "14 March 2017"), ("2012-04-03", "exact", "3 April 2012"), ("3rd of april 2012", "exact", "3 April 2012"),
    ("about 6", "age", None), ("six", "age", None), ("not born yet, due in about 3 months", "unborn", None), ("8 months", "age", None),
    ("year 4", "school_year", None), ("due 3 May 2027", "unborn", "3 May 2027"), ("3 of them, 2, 5 and 9", "said", None),
])
def test_dates_are_day_first_read_back_in_words_and_never_guessed(said, kind, shown):
    answer = at("birth").say(said).answers["birth"]
    assert answer["kind"] == kind
    assert answer.get("shown") == shown


@pytest.mark.parametrize(("said", "key"), [("12/12/2031", "birth_in_future"), ("31/02/2015", "birth_no_such_date"), ("03/25/2015", "birth_no_such_date")])
def test_a_day_that_cannot_be_a_birthday_is_asked_about_and_not_kept(said, key):
    taking = at("birth").say(said)
    assert taking.keys == [key]
    assert "birth" not in taking.answers
    assert taking.say(said).answers["birth"] == {"state": "given", "said": said, "kind": "said"}, "said twice it is kept as said"


def test_the_payload_holds_the_states_and_not_the_gate():
    content = payload(at(CHECK).answers)
    assert content["path"] == "public"
    assert "danger" not in content["answers"]
    assert "phone" not in content["answers"]  # anonymous: not asked


def test_the_same_answers_have_the_same_id_and_changed_answers_another():
    taking = at(CHECK)
    draft = taking.turn.draft["id"]
    before = contact_id(draft, taking.answers)
    assert contact_id(draft, dict(reversed(taking.answers.items()))) == before
    assert contact_id(draft, taking.say("change the address to 2 Made-up Row").answers) != before


@pytest.mark.parametrize("where", ["danger", "who", "worry", "birth", "parents"])
def test_asked_for_easier_words_it_asks_again_and_takes_nothing_for_an_answer(where):
    taking = at(where)
    before = dict(taking.answers)
    taking.say("simpler please", simpler=True)
    assert taking.keys == [f"ask_{where}"] and taking.turn.says[-1][1] == {"simpler": True}
    assert taking.answers == before and taking.turn.draft["asking"] == where


def test_every_question_of_the_contact_has_easier_words_or_is_short():
    words = load_words()
    for key, entry in words.entries.items():
        if key.startswith("ask_") and (key[4:] in BY_ID or key[4:].rpartition("_")[0] in BY_ID):
            assert entry.simpler or max(len(s.split()) for s in entry.texts) <= 16, key


def test_every_path_reaches_the_check_whatever_is_skipped():
    for answers in (PUBLIC, WORK, CHILD):
        assert at(CHECK, answers).answers
