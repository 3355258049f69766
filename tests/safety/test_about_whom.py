"""Who talks of suicide: the words for somebody who wants to die, and the words for whoever is with them, never the one for the other."""
import csv
from pathlib import Path

import pytest

from bot.guidance_files import GuidanceError
from bot.safety.about_whom import FILE, load_about_whom
from bot.safety.net import load_net, urgent_key


@pytest.mark.parametrize("message", [
    "my friend is going to kill herself", "my daughter is trying to hang herself", "my nan took all her tablets", "my partner is going to kill himself tonight",
    "my flatmate has taken an overdose", "i think my brother has taken an overdose", "i found my mum, shes taken loads of pills", "please help me my sister is hanging herself",
    "one of my care leavers texted tell my sister i love her, shes not answering", "he says he is going to jump and i cant stop him", "a pupil of mine left a note saying goodbye",
    "my best mate snapped me that hes on the bridge", "i am a teacher and a girl in my class has swallowed tablets", "i heard him say he has a rope and will do it tonight",
    "we are worried about our son, he has gone out with a rope", "what do i do my husband wants to end his life right now",
    "what do i do, my mate just took 20 paracetamol", "im with a lad who is going to jump", "we think he has taken something",
    "my girlfriend is suicidal and im 300 miles away", "my daughter left a note and her phone is off",
    "a boy in my form told me he has a plan for tonight", "can you send someone, my flatmate has locked the door with a rope", "my best friend just rang me crying saying shes on the viaduct",
    "he sent me a photo of the pills and said goodbye", "my friend said dont tell anyone but she took tablets",
    "my friend says she is going to kill herself tonight, she is at home on her own and her mum is out",
    "my friend wants to kill herself", "he is on the bridge", "she has taken pills", "my mum has locked herself in with tablets",
    "my brother says he will jump", "how do i stop my friend killing himself", "i am with a lad who is going to jump",
    "there is a man on the wrong side of the railings", "my son texted goodbye", "i got a text from my ex saying goodbye and she has a rope",
    "my student emailed me saying she wants to die tonight", "someone on my discord said they are ending it",
    "i can not reach my daughter, she said she had pills", "my wife has cut her wrists", "i just found my dad hanging",
    "my friend said do not tell anyone but she took tablets", "she told me she took an overdose", "my girlfriend is suicidal and i am 300 miles away",
    "please help, my mum has swallowed all her tablets", "my best friend just rang me crying saying she is on the viaduct",
    "is it ok to leave her alone, she said she wants to die", "i am standing with a man who is about to jump",
    "i am sat with my friend who has taken pills", "i have just found my son hanging", "i cut my daughter down, she hung herself",
    "taking my daughter to hospital she took an overdose", "i can not do this by myself my brother is suicidal",
    "i am going over to my friends, she took pills", "my stepson has taken all my tablets", "my children have taken tablets", "my lodger has a rope",
    "young person in my home is actively suicidal", "my sister cut really deep this time its not stopping",
    "shes just sent a text from the cliff edge thanking me for being her friend", "my cousin he swallow so many tablet and he is sleepy",
    "my mate gave me his bike and said look after my cat", "Pupil, 15, told friends goodbye and left at two. Phone off. Last seen by the bridge."])
def test_it_is_about_another(message):
    assert load_net().check(message).about_another


@pytest.mark.parametrize("message", [
    "i am going to kill myself tonight", "im going to jump. my mum and dad dont care, they hate me", "my mum shouted at me and i took all my tablets",
    "i told my friend i want to die and she laughed", "tell my mum i love her. goodbye", "ive taken pills because my boyfriend left me, he doesnt care",
    "my dad hates me, my mum hates me, i have the rope ready", "they wont miss me when im gone tonight", "goodbye", "i cant do this anymore goodbye everyone",
    "she said she hates me so im ending it", "on the bridge. sorry mum", "gonna do it tonight", "my brother did it last year and i am going to do the same, i have a plan",
    "my girlfriend said go on then so i did. 30 paracetamol", "my mum says she hates me. got the rope", "had enough of him. going to end it", "my mum told me to go and die",
    "he made me take the pills", "my dad has gone out. tablets in my hand", "it will be easier for my wife and kids when im gone", "my mate is with me, i cut too deep",
    "my stepdad came in my room again. i am going to swallow everything", "tell them im sorry", "mum im sorry",
    "took them all. dont tell my mum", "everyone would be better off. ive written letters to my kids", "im 15 and i stood on the ledge, they all watched",
    "i want to kill myself", "i am going to kill myself and my mum does not care", "she left me and i have taken all her pills",
    "he dumped me so i am on the bridge", "my kids would be better off without me", "my daughter will find me",
    "i took an overdose. do not tell my wife", "my husband does not know i have taken tablets", "they are all asleep and i have a knife to my wrist",
    "he raped me and i want to die", "everyone hates me. doing it now", "tell them i am sorry", "tell her i love her", "mum i am sorry",
    "by the time he reads this i will be gone", "i can not live without him", "nobody loves me not even my mum. goodbye", "please look after my dog",
    "we are going to do it together me and my girlfriend", "going to hang myself", "gonna jump",
    "dad locked me out. i am on the roof and i will jump", "he says nobody would miss me", "my ex won. i can not go on",
    "my mum does not know but there is a rope in the loft", "my friend sits with me but i can not promise not to jump",
    "they say it gets better. it does not. i have a date", "i am so tired of her. i just want it to end",
    "my brother died last year and i want to be with him", "i was going to tell him but i took the tablets",
    "it will be easier for my wife and kids when i am gone", "nobody will stop me this time not even her", "i wrote letters for my mum and my sister",
    "my mum killed herself last year and now i want to do the same", "my sister killed herself and i want to join her",
    "my brother hung himself and i will do the same tonight", "my friend hung herself and tonight i am hanging in the same place",
    "my mum overdosed and died so i am overdosing tonight", "my friend is suicidal and so am i", "my sister said she wants to die. me too. tonight",
    "my dad took his own life and i am next", "me and my mate are going to jump together", "me and my boyfriend are going to kill ourselves",
    "my girlfriend wants us to die together tonight and i said yes", "overdosed on my mums tablets", "swallowed all of nans heart pills",
    "have taken my nans tablets", "od on dads pills, he does not know", "noose is up. wife and kids are out", "tied the noose, my wife is out",
    "mum asleep. dad asleep. rope ready", "pills in my hand. he can have the house", "jumping tonight, my dad can have his wish",
    "he sent my nudes to his mates. pills taken", "my wife took the kids. i am on the bridge", "my sister took the kids and i am on the bridge",
    "my ex took my kids. bridge tonight", "my girlfriend said its over, standing on the bridge", "my girlfriend took my pills off me but i have more",
    "my mum took the knife off me but i have another", "my mum hid the pills but i found them. she is at work",
    "can not go on, he left me and took the kids", "my mum and dad would be better off without me",
    "my husband and his kids would be better off without me", "i know my mum and dad and my brother will cry but i have to go",
    "sorry to everyone. my mum, my dad, my sister, my nan", "when my mum gets home she will find me dead",
    "she cheated with him and they all knew. want to be dead", "i do not want to live my mum my dad my brother are dead",
    "15 year old girl, boyfriend dumped me, want to die", "hi i am a teenager and want to die. is there someone", "need someone. want to die",
    "he is going to kill me and then himself", "my dad is going to kill me and himself", "my ex says he will kill me then himself if i leave",
    "i took 20 to end it", "student here. pills ready", "client of nobody. on the bridge. my own choice"])
def test_it_is_about_the_writer(message):
    assert not load_net().check(message).about_another


def test_of_a_hundred_and_sixty_hard_messages_few_get_the_other_s_words():
    """By a writer who saw neither words nor examples; the limit was set on them (docs/figures.md)."""
    with (Path(__file__).parent / "in_danger.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    said = {(row["who"], row["message"]): urgent_key(load_net().check(row["message"])) for row in rows}
    wrongly = [who for (who, _), key in said.items() if key == ({"me": "utter_suicide_now_other", "other": "utter_suicide_now_me"}[who],)]
    rightly = [who for (who, _), key in said.items() if key == ({"me": "utter_suicide_now_me", "other": "utter_suicide_now_other"}[who],)]
    assert len(rows) == 160
    assert wrongly.count("me") <= 1, "somebody who wants to die is not told to look after another"
    assert wrongly.count("other") <= 8 and rightly.count("other") >= 36      # 32 and 14 by words alone


def test_each_gets_words_of_their_own():
    net = load_net()
    assert urgent_key(net.check("i am going to kill myself tonight")) == ("utter_suicide_now_me",)
    assert urgent_key(net.check("my friend is going to kill herself tonight")) == ("utter_suicide_now_other",)


@pytest.mark.parametrize(("change", "complaint"), [
    (("selves:", "myselves:"), "selves"), (("[goodbye,", "[Good bye,"), "Good bye"), (("[goodbye,", "[good bye,"), "one word")])
def test_a_mistake_in_the_lists_is_told_with_its_line(tmp_path, change, complaint):
    file = tmp_path / "about_whom.yml"
    file.write_text(FILE.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(GuidanceError, match=r"about_whom\.yml(:\d+)?: .*" + complaint):
        load_about_whom(file)
