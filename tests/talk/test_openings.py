"""A fear that is said is met in the first sentence, but never before words about danger."""
import datetime as dt

import pytest

from bot.fitting import fitted
from bot.guidance_files import GuidanceError
from bot.openings import FILE, load_openings
from bot.words import load_words

WORDS = load_words()
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)


def test_every_opening_has_words_and_stands_before_a_reply_that_has_some():
    assert {*load_openings().keys(), *load_openings().replies()} <= set(WORDS.entries)


@pytest.mark.parametrize(("text", "key"), [
    ("i think her kids go hungry but i dont want to get her into trouble", "open_fear_of_bother"),
    ("he looks so tired, my sister will fall out with me, it will cause a row", "open_fear_of_a_row"),
    ("what if im wrong about them", "open_fear_of_being_wrong"), ("they will know it was me", "open_fear_of_being_found_out"),
    ("is that for the social workers or a solicitor", "open_council_or_solicitor"), ("i reported it twice last year and nothing happened", "open_told_before"),
    ("a girl is out on her bike till nine, is there a legal age", "open_no_age_in_law"),
    ("there's a lass down our road who gets lifts off an older bloke with a flash car", "open_older_with_cars"), ("older lads pick her up from school in a flash car", "open_older_with_cars"),
    ("she gets into different cars at the corner", "open_older_with_cars"), ("the baby next door is 4 weeks old and has a bruise on her arm", "open_baby_bruise"),
    ("bruised ear on a baby who is not crawling", "open_baby_bruise")])
def test_a_fear_is_met_first(text, key):
    assert load_openings().find(text, "utter_worry_about_child") == key


@pytest.mark.parametrize("text", ["her older boy cleans cars for the neighbours", "my older kids get lifts with a nice lady", "a big car is parked on our drive all day", "he got a bruise at football four weeks ago", "my six year old has a bruised knee",
                                  "a grown man lifts her up by one arm and shakes her", "an older lad lifts up her skirt on the bus", "a big van hit a child waiting to cross",
                                  "her older boyfriend crashed the car", "different car picks the kids up each week, it is their childminder", "grown men sleep in a car with a baby"])
def test_a_car_alone_is_no_worry_of_its_own(text):
    assert load_openings().find(text, "utter_worry_about_child") is None


@pytest.mark.parametrize(("text", "key"), [
    ("he keeps asking for pics of me and i sent one", "open_pictures_of_you"), ("a lad off my course says he will leak my nudes if i block him", "open_pictures_of_you"),
    ("they make me hold a bag with stuff in, i owe them 80 quid", "open_made_to_carry"), ("money keeps going through my bank card for the lads", "open_made_to_carry"),
    ("auntie is planning a cutting ceremony for me in the holidays", "open_going_to_be_cut"), ("my bf is 26 and he buys me trainers", "open_much_older"),
    ("she is 31 and says i am mature, she loves me", "open_much_older"), ("im a lad so does that even count", "open_boys_count"),
    ("do boys get abused by women", "open_boys_count"), ("he calls it our secret game", "open_no_bad_secrets"), ("my uncle has got my passport and i clean for them", "open_kept_to_work"),
    ("they pray over me because of the demon in me", "open_no_bad_spirit"), ("my mam hears voices and hides in the wardrobe", "open_parent_hears_voices"),
    ("we aint got hot water and people say i smell", "open_help_at_school"), ("they leave us on our own all weekend", "open_you_look_after_others"),
    ("im in charge of my little brothers", "open_you_look_after_others"), ("our coach keeps messaging girls in my team", "open_done_by_a_worker"),
    ("one of the staff laughs when they hit us", "open_done_by_a_worker"), ("miss wants to talk to me about my story", "open_school_has_asked"),
    ("will i get taken away if i say", "open_taken_away"), ("i try to stop him when he goes for mum", "open_do_not_step_in"), ("i told my teacher and she rang my mum so never again", "open_telling_went_wrong"),
    ("my ear hurts and dad wont take me to the doctor", "open_body_needs_a_doctor"), ("mum tells the doctors i have asthma and i dont", "open_said_to_be_ill_yourself"),
    ("mum didnt come home last night", "open_you_look_after_others"), ("theres a dress and a flight and nobody will say", "open_made_to_marry"), ("my cousin came back married and its my turn to go", "open_made_to_marry")])
def test_a_child_who_tells_hears_first_what_fits_their_own_trouble(text, key):
    assert load_openings().find(text, "utter_child_telling") == key


@pytest.mark.parametrize("text", [
    "he hits me and my pictures fell off the wall", "my mum is 34 and she hits me", "i carry my sister when he shouts", "my dad shouts at my teacher", "i told my teacher and she was kind",
    "he locks me in and i dont get dinner when im naughty", "my brother is 24 and punches me", "the boys at school call me names", "i hate my dad", "he kicks the door when i am in bed"])
def test_words_alone_are_no_trouble_of_their_own(text):
    assert load_openings().find(text, "utter_child_telling") is None


@pytest.mark.parametrize(("text", "key"), [
    ("he gets in bed with his stepdaughter, she is 11", "open_do_not_ask_the_child"), ("i saw him touching her leg and her bum", "open_do_not_ask_the_child"),
    ("lad with two phones and wraps in his sock, hes 14", "open_used_by_others"), ("i think she is making him ill, he is fine at mine", "open_said_to_be_ill"),
    ("they say the boy has a demon and do not feed him", "open_spirit_in_a_child"), ("theres a bloke filming kids at the pool", "open_films_children"),
    ("a toddler in our block is left alone while she works nights", "open_alone_and_small"), ("his tooth has been rotten for months and she never takes him", "open_nobody_looks_at_it")])
def test_a_worry_is_met_first_by_what_to_do_about_it(text, key):
    assert load_openings().find(text, "utter_worry_about_child") == key


@pytest.mark.parametrize(("reply", "text", "key"), [
    ("self_harm_me", "ive got a newborn and i wish i could just not wake up", "open_parent_of_a_baby"), ("self_harm_me", "i make myself sick after tea", "open_not_eating"),
    ("self_harm_me", "one on my arm has gone red and swollen", "open_wound_to_be_seen"), ("self_harm_me", "i think of not being here most nights", "open_many_think_of_it"),
    ("self_harm_me", "camhs say six months", "open_while_you_wait_for_help"), ("self_harm_other", "my friend on discord cuts", "open_friend_online"),
    ("self_harm_me", "my leg keeps bleeding where i cut", "open_press_on_it"), ("self_harm_me", "will they tell my mum if i say it", "open_who_hears_of_it"),
    ("self_harm_other", "she made me promise not to say", "open_promise_about_a_friend"), ("self_harm_other", "he survived in june and is so calm now", "open_after_an_attempt"),
    ("self_harm_other", "my niece wont eat and has lost a stone", "open_somebody_not_eating"), ("self_harm_other", "my son pulls his hair out", "open_hurts_to_calm_down"),
    ("self_harm_other", "my ex says it in front of the kids", "open_children_hear_it"), ("ask_out_of_hours", "i only want to talk to someone at night", "open_to_talk_at_night"),
    ("ask_out_of_hours", "whats the number after six", None), ("self_harm_me", "i hate myself and i cut", None), ("self_harm_other", "my sister cuts her arms", None)])
def test_pain_is_met_first_by_what_helps_with_it(reply, text, key):
    assert load_openings().find(text, f"utter_{reply}") == key


@pytest.mark.parametrize(("text", "key"), [
    ("the consultant wants to send her home, i do not agree", "open_you_may_disagree"), ("the man who did it still works with kids", "open_works_with_children"),
    ("she told me just now and her bus goes in ten minutes", "open_before_the_child_leaves")])
def test_a_worker_in_haste_hears_first_what_cannot_wait(text, key):
    assert load_openings().find(text, "utter_practitioner_urgent") == key


@pytest.mark.parametrize(("reply", "text", "key"), [
    ("work_separated_parent", "dad has a non-molestation order and wants to know about the fair", "open_court_order_first"), ("work_separated_parent", "can dad come to the fair", None),
    ("plain_playing_doctors", "two year 5 girls behind the sheds with their knickers down", "open_more_than_curious"), ("plain_playing_doctors", "my twins of 3 look at each other in the bath", None),
    ("work_lead_did_nothing", "my concern is about the dsl", "open_worry_is_the_lead"), ("work_lead_did_nothing", "my lead did nothing with it", None),
    ("work_under_16_contraception", "shes 14, boyfriend is 20", "open_partner_is_grown_up"), ("work_under_16_contraception", "she is 15 and wants the pill", None),
    ("work_dental_neglect", "abscess again and not brought", "open_teeth_that_cannot_wait"), ("work_pre_birth", "her older children are in care, due next month", "open_birth_is_near"),
    ("practitioner_urgent", "i think the toddler licked the methadone bottle", "open_may_have_swallowed"), ("worry_about_child", "their little one ate a gummy from the bag", "open_may_have_swallowed"),
    ("worry_about_child", "he takes his tablets with his tea", None), ("practitioner_support", "my saturday lad of 16 is sofa surfing", "open_nowhere_to_sleep"),
    ("practitioner_urgent", "brought her home and mum says you have her, i wont have her back", "open_nobody_has_the_child"),
    ("plain_school_refusal", "my belly aches and i didnt have tea, i dont have breakfast", "open_help_at_school"), ("past_and_safe", "it was years ago but he still comes for sunday dinner", "open_still_about"),
    ("past_and_safe", "it was years ago and he is dead", None), ("plain_mum_in_trouble_if_i_tell", "will he be sacked, i let him", "open_never_the_childs_fault"),
    ("what_if_question", "is it illegal if she locks my door at night", "open_locked_in"), ("plain_told_a_lie", "i told sir i walked into a door", "open_lie_about_a_hurt"),
    ("plain_told_a_lie", "i told mum i did my homework", None), ("plain_does_it_upset_you", "do u reckon it hurts", "open_does_it_hurt"),
    ("plain_does_it_upset_you", "does it upset you when i swear", None), ("ask_what_happens_next", "they have my pics and want money, what happens", "open_pictures_of_you"),
    ("ask_what_happens_next", "what happens next", None), ("plain_why_grown_ups_say", "why do they say dont tell", "open_do_not_tell"),
    ("plain_why_grown_ups_say", "why do grown ups say we will see", None), ("work_lead_away", "the deputy covers and the worry is about her", "open_worry_is_the_lead"),
    ("work_drivers", "she was begging me to turn round", "open_begs_not_to_go_home"), ("work_drivers", "i drive a taxi, who do i tell", None)])
def test_the_graver_side_of_a_question_is_met_first(reply, text, key):
    assert load_openings().find(text, f"utter_{reply}") == key


def test_what_is_said_to_a_child_is_not_said_to_a_grown_up():
    told = "a man online wants pics of my daughter and i am her mum"
    assert load_openings().find(told, "utter_child_telling") == "open_pictures_of_you"
    assert not any("about the pictures" in m.text for m in fitted(WORDS, "utter_child_telling", [told], NOON))


def test_where_harm_is_named_the_first_words_are_that_they_are_believed():
    said = fitted(WORDS, "utter_child_telling", ["my coach touches me and wants pics of me again"], NOON)
    assert said[0].text.startswith("You are right to tell someone") and "Send no more" in said[1].text


def test_no_opening_stands_before_words_about_danger():
    said = fitted(WORDS, "utter_worry_about_child", ["he is hitting the kids right now but i dont want to get him in trouble"], NOON)
    assert said[0].text.startswith("Thank you for saying this")


CUT = "i think my neighbour is going to have her daughter circumcised abroad in the summer"
GRAVE = [key for key in load_openings().replies() if load_openings().find(CUT, key) == "open_ring_now"]


@pytest.mark.parametrize("text", [CUT, "I am worried that somebody is grooming a girl in my street", "she told me that she is made to get married when she is sixteen"])
@pytest.mark.parametrize("key", GRAVE)
@pytest.mark.parametrize("voice", ["", "im 13 and "])
def test_a_grave_worry_is_for_the_phone_and_nothing_offers_to_write_it_down(text, key, voice):
    said = fitted(WORDS, key, [voice + text], NOON)
    assert said[0].text.startswith("This is one to ring about now")
    assert not any("offers" in m.custom for m in said) and not any("write it down" in button for m in said for button in m.buttons)
    assert said[-1].buttons and "01752" in " ".join(m.text for m in said)


@pytest.mark.parametrize("key", GRAVE)
def test_what_is_left_out_of_a_grave_worry_is_the_offer_and_the_button_that_takes_it(key):
    said = WORDS.say(key, NOON)
    assert len(said) > 1 and "write it down" in said[-1].text and "write it down" in said[-1].buttons[0]


def test_a_small_worry_is_still_written_down_if_somebody_likes():
    assert fitted(WORDS, "utter_worry_about_child", ["the kids next door are out late on their own"], NOON)[-1].custom["offers"] == "contact"


def test_a_list_that_there_is_not_is_named_with_its_line(tmp_path):
    file = tmp_path / "openings.yml"
    file.write_text(FILE.read_text(encoding="utf-8").replace("<hot_thing>", "<dragon>", 1), encoding="utf-8")
    with pytest.raises(GuidanceError, match=r'openings\.yml:\d+: there is no list <dragon>; add "dragon:" under lists'):
        load_openings.__wrapped__(file)


@pytest.mark.parametrize(("reply", "text", "key"), [
    ("child_telling", "my burn is shaped like the iron", "open_burn"), ("child_telling", "i cant go home tonight", "open_not_home_tonight"),
    ("child_telling", "i didnt say no i just froze", "open_not_saying_no"), ("child_telling", "my coach used to message me at night", "open_done_by_a_worker"),
    ("worry_about_child", "a bloke was paying cash for her nails, she looked about 13", "open_used_by_others"), ("worry_about_child", "she falls asleep on the sofa with the baby after weed", "open_where_a_baby_sleeps"),
    ("worry_about_child", "his girlfriend smells of drink and drives the kids to school", "open_drives_after_drink"), ("worry_about_child", "he came out of prison for you know what and lives with two girls", "open_harmed_children_before"),
    ("worry_about_child", "she is kept at home because of a boy", "open_honour"), ("practitioner_support", "mum has ms and the girl does everything", "open_child_who_cares"),
    ("practitioner_urgent", "a man wants to collect him and is not on the form", "open_somebody_not_known_collects"), ("practitioner_urgent", "he is carrying a knife for protection", "open_carries_a_knife"),
    ("practitioner_urgent", "pharmacist here, a boy came in to collect methadone", "open_child_sent_for_medicine"), ("practitioner_urgent", "baby of 3 months with a fracture", "open_injured_baby_stays"),
    ("practitioner_urgent", "should we take a photo of the bruises", "open_no_photographs"), ("practitioner_urgent", "she is 15 and wants the pill, partner 19", "open_under_16_and_sex"),
    ("practitioner_urgent", "the interpreter answers for her", "open_own_interpreter"), ("work_drivers", "the escort shouts at him on the run", "open_escort_is_the_worry"),
    ("worry_about_child", "i dont want to give my name", "open_fear_of_being_found_out"), ("good_news", "its my birthday on friday", "open_happy_birthday"),
    ("worry_about_child", "the kids watched him drive off", None), ("worry_about_child", "she sleeps badly and is tired at school", None), ("practitioner_urgent", "she has a photo of her dog", None),
    ("practitioner_urgent", "parents are kind to him at three", None), ("good_news", "i passed my test", None)])
def test_what_a_lead_would_say_first_is_said_first(reply, text, key):
    assert load_openings().find(text, f"utter_{reply}") == key


@pytest.mark.parametrize(("reply", "text", "key"), [
    ("child_telling", "when he shouts i sleep at the bus station", "open_not_home_tonight"), ("child_telling", "he pays for my nails and now i owe him", "open_owes_a_grown_up"),
    ("self_harm_me", "i have two small children and i think of not waking up", "open_parent_who_is_low"), ("self_harm_me", "i wasnt born right so i want to go to heaven like my hamster", "open_small_and_sad"),
    ("self_harm_me", "do they ring ur school if you say it", "open_who_hears_of_it"), ("self_harm_other", "he bangs his head when he waits for camhs", "open_bangs_the_head"),
    ("self_harm_other", "he gave away his bike and says he wont need it, he has stopped eating", "open_gives_things_away"), ("past_and_safe", "she is now my sister's key worker", "open_with_children_now"),
    ("self_harm_other", "my wife had our baby in may and says he needs a better mother", "open_mother_of_a_baby"),
    ("self_harm_me", "me and jo both said we would do it on friday", "open_a_pact"), ("self_harm_other", "my ex says it in front of the kids", "open_children_hear_it"),
    ("work_school_transport", "the escort shouts at the lad", "open_escort_is_the_worry"),
    ("young_carer", "there isnt any pasta left", "open_no_food_now"), ("young_carer", "i cook for my brothers", None), ("self_harm_me", "my nan is in heaven", None)])
def test_more_that_a_lead_would_say_first(reply, text, key):
    assert load_openings().find(text, f"utter_{reply}") == key


def test_an_opening_is_said_where_danger_is_possible_and_not_where_it_is_plain():
    possible, plain = "auntie says we fly on saturday but my sister came back married", "he has a knife and i have two small children"
    told = [m.text for m in fitted(WORDS, "utter_child_telling", [possible], NOON)]
    assert WORDS.text("open_made_to_marry", NOON) in told
    assert WORDS.text("open_parent_who_is_low", NOON) not in [m.text for m in fitted(WORDS, "utter_self_harm_me", [plain], NOON)]


@pytest.mark.parametrize(("reply", "text"), [
    ("child_telling", "i did not say anything and dad still shouts"), ("child_telling", "dad took my phone and wont return it"), ("self_harm_me", "i cut because im in a class with girls who hate me"),
    ("self_harm_other", "we decided to go to the gp about her cutting"), ("self_harm_other", "the nurse gave her a leaflet and she is not happy"),
    ("worry_about_child", "her clothes smell and dad drives her to school"), ("worry_about_child", "the children have been inside all week")])
def test_ordinary_words_do_not_bring_the_gravest_opening(reply, text):
    assert load_openings().find(text, f"utter_{reply}") not in {
        "open_not_saying_no", "open_owes_a_grown_up", "open_parent_who_is_low", "open_a_pact", "open_gives_things_away", "open_drives_after_drink", "open_harmed_children_before"}


@pytest.mark.parametrize(("text", "key"), [
    ("go on then tell us a joke about a whale", "open_a_joke"), ("do u do raps", "open_a_song"), ("could you sing to me", "open_a_song"), ("how are you today love", "open_how_are_you"),
    ("you alright", "open_how_are_you"), ("whats your favourite cake", "open_my_own_life"), ("still raining here", "open_the_weather"), ("it is my birthday on sunday", "open_a_birthday"),
    ("hahaha", "open_a_laugh"), ("will you be my friend", "open_be_friends"), ("this page is well boring", "open_a_dull_page"), ("wow", None), ("lol im scared", None)])
def test_small_talk_is_met_as_what_it_is(text, key):
    assert load_openings().find(text, "utter_small_talk") == key


@pytest.mark.parametrize(("text", "reply", "key"), [
    ("will it ever stop or is it forever, the wanting to hurt", "utter_self_harm_me", "open_not_for_ever"), ("how can i stop mum seeing my arms", "utter_self_harm_me", None),
    ("dad of twins, they would be better off without me", "utter_self_harm_me", "open_thinks_of_it_as_a_parent"), ("my mum would be better off without me", "utter_self_harm_me", None),
    ("i think of letting go of the wheel on the way to my clients", "utter_self_harm_me", "open_do_not_drive"), ("failed my driving test and cut again", "utter_self_harm_me", None),
    ("had an overdose in spring, came home from hospital, and it is back again tonight", "utter_self_harm_me", "open_same_thoughts_again"),
    ("my tutor saw my arms and says she has to tell", "utter_self_harm_me", "open_a_teacher_saw"),
    ("he says hell do it if i leave him", "utter_self_harm_other", "open_threat_if_left"),
    ("the little operation all my cousins had", "utter_child_telling", "open_small_operation"), ("our trainer wants pics of me in my leotard", "utter_child_telling", "open_pictures_for_a_coach"),
    ("is he allowed, sir kisses me and says he is my boyfriend", "utter_child_telling", "open_a_teacher_is_no_boyfriend"),
    ("i owe them for the bag and have to go to a house in torquay", "utter_child_telling", "open_do_not_go_there"),
    ("if i tell will my dad go prison", "utter_child_telling", "open_mum_and_prison"), ("she gives me a drink to make me sleep when they come", "utter_child_telling", "open_given_to_sleep"),
    ("my foster carer calls me a waste of a room", "utter_child_telling", "open_in_care_and_hurt_by_words"), ("they nick my meds and sell them", "utter_child_telling", "open_no_food_and_no_medicine"),
    ("my neighbour gives the lads money for sweets and changed his name", "utter_worry_about_child", "open_close_to_other_peoples_children"),
    ("they will be sent home if she keeps seeing him", "utter_worry_about_child", "open_sent_home_for_a_boy"), ("the kids were sent home as the boiler broke", "utter_worry_about_child", None),
    ("she came back from her dads thin and terrified", "utter_worry_about_child", "open_hurts_after_visits"),
    ("their mum is bipolar and has stopped her medication", "utter_worry_about_child", "open_cared_for_by_an_unwell_parent"),
    ("a girl in my brownies told us about the games at home", "utter_worry_about_child", "open_at_a_club"), ("my girl goes to brownies and loves it but her friend is so thin", "utter_worry_about_child", None),
    ("the interpreter is the father's brother", "utter_work_interpreter", "open_the_uncle_interprets"), ("should I wake them to see them", "utter_work_police_other", "open_see_each_child"),
    ("is it too late to put the form in", "utter_practitioner_support", "open_not_too_late"), ("she had it done herself as a child and is having a girl", "utter_ask_fgm_duty", "open_grown_woman_cut"),
    ("dad wants to self-discharge with the baby", "utter_practitioner_support", "open_leaves_against_advice")])
def test_what_leads_missed_in_a_reply_is_said_first_and_not_for_what_only_sounds_like_it(text, reply, key):
    assert load_openings().find(text, reply) == key
