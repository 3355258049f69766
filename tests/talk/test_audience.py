"""Who is writing is picked up from what they say, and never wrong twice."""
import pytest

from bot.audience import Audience, audience_of, heard_in


@pytest.mark.parametrize(("text", "who"), [
    ("hiya im 12", Audience.CHILD), ("i am ten years old", Audience.CHILD), ("I'm a child or teenager", Audience.CHILD), ("10", Audience.CHILD),
    ("im 15", Audience.TEENAGER), ("im 14yo", Audience.TEENAGER), ("i am a 13yr old girl", Audience.TEENAGER), ("im 15f", Audience.TEENAGER), ("im 10yo", Audience.CHILD),
    ("my 3yo bites", Audience.PARENT), ("my 7 year old son's teacher said no", Audience.PARENT), ("I'm in year 9", Audience.TEENAGER), ("my dad hits me", Audience.CHILD),
    ("our eight-year-old hates school", Audience.PARENT), ("my 10yo keeps waking up", Audience.PARENT), ("my 6 year old daughter bites", Audience.PARENT),
    ("I'm a foster carer", Audience.CARER), ("im a mum of three", Audience.PARENT), ("my son hits his sister", Audience.PARENT),
    ("I work with children", Audience.PRACTITIONER), ("GP here", Audience.PRACTITIONER), ("Health visitor. Mum declined early help.", Audience.PRACTITIONER),
    ("teacher: pupil came in tired", Audience.PRACTITIONER), ("dsl - new in post", Audience.PRACTITIONER), ("as a health visitor i wonder", Audience.PRACTITIONER),
    ("I'm one of the young safeguarders", Audience.YOUNG_SAFEGUARDER), ("just a member of the public", Audience.PUBLIC),
])
def test_who_says_so_is_heard(text, who):
    assert heard_in(text) == (True, who)


@pytest.mark.parametrize("text", [
    "i hate my foster mum", "my teacher told me off", "a girl in my class keeps calling me names", "i sent a nude to this lad", "there's a fake insta of me",
    "a man on fortnite asked where i live", "what school i go to", "i don't want to go to school", "i keep getting detentions", "im getting bullied again",
    "my dad is really strict", "my parents are getting divorced", "my mums boyfriend is weird", "can i get the pill without my mum knowing",
    "do i have to see my dad", "do i have to go to contact with my mum on sundays", "i get a belly ache before school", "my tummy hurts before lessons",
    "my friend says her dad shouts at her", "what can i be when i grow up", "how old do i have to be to get the bus alone",
])
def test_what_hardly_a_grown_up_says_of_themselves_is_a_child(text):
    assert heard_in(text) == (True, Audience.CHILD)


@pytest.mark.parametrize("text", [
    "im being bullied at work", "I'm a teacher and a boy in my class hits me", "my son's teacher shouted", "my mum drinks and she minds my kids", "how old do i have to be to foster",
    "im 34 and my foster mum was lovely", "my stomach hurts at the school gate", "I have a meeting before school",
    "young carer in my tutor group", "she saw something horrible on tiktok and wont tell me what",
])
def test_a_grown_up_is_not_taken_for_a_child(text):
    assert heard_in(text)[1] not in (Audience.CHILD, Audience.TEENAGER)


@pytest.mark.parametrize("text", [
    "im 5 minutes away", "my 14 year old sister wont eat", "my 8yr old cousin is sad", "i am a 30 year old", "I'm 6 years in the job", "my dad is 85 and his neighbour takes his money", "who are the young safeguarders",
    "when do the young safeguarders meet", "the social worker was rude", "what number do i ring", "my baby is 3 weeks old, is it open", "ta, that's proper helpful", "ta. bye",
])
def test_nothing_is_guessed_about_a_child_or_a_job(text):
    assert heard_in(text)[1] not in (Audience.CHILD, Audience.TEENAGER, Audience.PRACTITIONER, Audience.YOUNG_SAFEGUARDER)


@pytest.mark.parametrize("text", [
    "my 19 year old boyfriend hits me", "my 17 yr old gf keeps threatening me", "my 40 year old uncle comes in my room", "my 30 year old stepdad scares me",
    "my 22 year old coach messages me at night", "my 6yo sister",
])
def test_whoever_tells_how_old_somebody_else_is_is_not_taken_for_a_parent(text):
    assert heard_in(text)[1] is not Audience.PARENT


def test_a_mother_at_the_gate_who_wants_friends_is_no_child():
    assert heard_in("how do i make friends with the other mums at the school gate")[1] is not Audience.CHILD
    assert heard_in("at the school gate, how do i make friends with the other mums")[1] is not Audience.CHILD
    assert heard_in("new school on monday how do i make friends") == (True, Audience.CHILD)


def test_what_is_said_last_counts_and_a_wrong_guess_is_taken_back():
    assert audience_of(["im 12", "actually im not a kid im a teacher"]) is Audience.PRACTITIONER
    assert audience_of(["im 12", "im not a child"]) is None
    assert audience_of(["hello", "what are the wishes"]) is None


def test_a_teacher_who_speaks_of_her_own_children_stays_a_teacher():
    assert audience_of(["I'm a teacher", "my kids at home are fine"]) is Audience.PRACTITIONER
