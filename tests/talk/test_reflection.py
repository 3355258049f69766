"""The guided reflection: any order, each question skippable, nothing kept."""
from hypothesis import given
from hypothesis import strategies as st

from bot import reflection
from bot.handoff import conversation


def play(*said):
    turn = reflection.begin()
    for text in said:
        assert turn.draft is not None
        turn = reflection.take(turn.draft, text)
    return turn


def test_seven_answers_make_a_summary_in_the_order_of_the_questions():
    turn = play(*[f"answer {n}" for n in range(7)])
    assert turn.draft is None
    assert turn.says == ("reflection_summary",)
    assert [label for label, _ in turn.summary] == [f"reflection_label_{q}" for q in reflection.QUESTIONS]


def test_a_question_can_be_chosen_skipped_and_gone_back_to():
    assert play("can we do strengths first").draft["asking"] == "strengths"
    assert play("skip").draft["asking"] == "strengths"
    assert play("tired mum", "back").draft["asking"] == "seen"
    assert "seen" not in play("skip").draft["answers"]


def test_an_answer_that_names_a_question_is_still_an_answer():
    turn = play("the family has real strengths and nan comes round every day to help with the little ones")
    assert "seen" in turn.draft["answers"]


def test_stop_forgets_and_finish_sums_up():
    assert play("tired mum", "stop").draft is None
    assert play("tired mum", "stop").summary == ()
    assert play("tired mum", "finish").summary == (("reflection_label_seen", "tired mum"),)
    assert play("finish").says == ("reflection_empty",)


def test_after_an_alarm_it_waits_until_somebody_carries_on():
    draft = play("tired mum").draft
    paused = reflection.take(draft, "they are safe", after_alarm=True)
    assert paused.says == ("reflection_paused",)
    assert reflection.take(paused.draft, "carry on").draft["asking"] == "strengths"


@given(st.lists(st.sampled_from(["words", "skip", "back", "strengths", "others", "not sure", "next", "?"]), max_size=25))
def test_it_always_asks_something_or_ends(said):
    turn = reflection.begin()
    for text in said:
        if turn.draft is None:
            break
        turn = reflection.take(turn.draft, text)
        assert turn.says
        assert turn.draft is None or turn.draft["asking"] in reflection.QUESTIONS


def test_pass_it_on_ends_it_and_keeps_what_was_told():
    for words in ("write it down and pass it on", "pass it on to gateway please", "can you write this down for them", "ok report it", "send it to the mash"):
        turn = play("tired mum, late every day", words)
        assert turn.pass_on, words
        assert turn.summary == (("reflection_label_seen", "tired mum, late every day"),)


def test_a_long_answer_is_summed_up_and_passed_on_whole():
    long = ("Mum told me that she is worn out and that nan has stopped coming round. " * 60)[:4000].strip()
    assert play(long, "finish").summary == (("reflection_label_seen", long),)
    passed_on = play(long, "he is close to his nan", "write it down and pass it on")
    told = "\n".join(answer for _, answer in passed_on.summary)
    contact = conversation.begin(reflection.handed_over({"handed_over": told}), True)
    assert contact.draft["told_worry"] == f"{long}\nhe is close to his nan"


def test_what_they_will_do_themselves_is_an_answer():
    for words in ("I will pass it on to the school nurse tomorrow", "we'll write it down in our log", "the nan could take her on Fridays"):
        assert not play("tired mum", words).pass_on, words


def test_carry_on_is_never_an_answer():
    turn = play("tired mum", "carry on")
    assert turn.draft["asking"] == "strengths"
    assert list(turn.draft["answers"]) == ["seen"]


def test_harm_in_an_answer_gets_the_number_and_the_answer_is_kept():
    draft = play("tired mum").draft
    for words in ("he says dad hit him with a belt this morning", "bruises on both arms", "left alone all night", "she is cutting herself"):
        assert reflection.may_tell_of_harm(words), words
        turn = reflection.take(draft, words, harm=True)
        assert turn.says[0] == "reflection_harm"
        assert turn.draft["answers"]["strengths"] == words
    for words in ("she is close to her nan", "mum works nights and is worn out", "he loves football"):
        assert not reflection.may_tell_of_harm(words), words
