import json
from pathlib import Path

import pytest

from cxdesk.domain import Sentiment, Unavailable
from cxdesk.llm.scripted import ScriptedModel
from cxdesk.settings import bundled
from cxdesk.signals.language import LanguageGuess
from cxdesk.signals.sentiment import (
    CONFIRM_BELOW,
    DOUBTFUL,
    LABELS,
    NEGATIVE_BELOW,
    POSITIVE_ABOVE,
    SentimentLexicon,
    SentimentPrompt,
    confirm,
    label_of,
)

MESSAGES = Path(__file__).with_name("support_messages.jsonl")
lexicon = SentimentLexicon(bundled("resources/frustration.toml"))
prompt = SentimentPrompt.load(bundled("resources/prompts.toml"))


def in_doubt(**changes) -> Sentiment:
    return Sentiment(label="neutral", confidence=0.4).model_copy(update=changes)


# ---------------------------------------------------------------- the lexicon


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I've been waiting for 3 weeks and still no response", "negative"),
        ("My problem is not resolved", "negative"),
        ("My problem is resolved, thank you", "positive"),
        ("This is the third time I ask", "negative"),
        ("You made my day!", "positive"),
        ("I'd like to know about your return policy", "neutral"),
        ("How do I return a damaged item?", "neutral"),
        ("Could you please help me with my order?", "neutral"),
        ("Thanks for nothing", "negative"),
        ("Not bad at all", "positive"),
        ("I couldn't be happier", "positive"),
        ("It doesn’t work", "negative"),
    ],
)
def test_the_desks_own_words_correct_vader(text, label):
    assert lexicon.judge(text).label == label


@pytest.mark.parametrize("text", ["ok", "OK.", "Fine.", "...", "…", "yes", "No", "hi", "ok!!!", "Yes, please"])
def test_a_bare_word_of_assent_is_neutral_and_needs_no_model(text):
    judged = lexicon.judge(text)
    assert (judged.label, judged.score) == ("neutral", 0)
    assert judged.confidence >= CONFIRM_BELOW


@pytest.mark.parametrize(
    "text",
    [
        "Great, the box is empty. Just perfect.",
        "Wonderful service, as always.",
        "Oh great, now the second one is broken too",
        'Your "express" delivery is impressive',
        "I love how nobody answers",
        "Nice job 🙄",
    ],
)
def test_what_may_be_irony_is_doubtful_and_left_to_the_model(text):
    assert lexicon.judge(text).confidence <= DOUBTFUL < CONFIRM_BELOW


def test_a_feeling_of_two_sides_is_doubtful():
    assert lexicon.judge("I love the colour but the zip is broken").confidence <= DOUBTFUL


def test_the_same_text_always_gives_the_same_result():
    text = "Still no parcel, and nobody answers!!"
    assert lexicon.judge(text) == lexicon.judge(text)
    assert lexicon.judge(text) == SentimentLexicon(bundled("resources/frustration.toml")).judge(text)


def test_what_went_out_by_post_is_no_fault_and_a_light_that_went_out_is():
    assert lexicon.judge("The parcel went out yesterday.").label == "neutral"
    assert lexicon.judge("After an hour the light went out.").label == "negative"


def test_what_one_did_not_have_to_do_pleases():
    plain, spared = (
        lexicon.judge("Sorted by nine. I had to call."),
        lexicon.judge("Sorted by nine. I didn't have to call."),
    )
    assert spared.score > plain.score


def test_a_letter_that_grows_in_small_hides_no_phrase():
    assert lexicon.judge("İ STILL HAVE NO REPLY").score == lexicon.judge("I STILL HAVE NO REPLY").score


def test_score_and_confidence_stay_in_their_ranges():
    for line in MESSAGES.read_text(encoding="utf-8").splitlines():
        judged = lexicon.judge(json.loads(line)["text"])
        assert -1 <= judged.score <= 1
        assert 0 <= judged.confidence <= 1
        assert 0 <= judged.frustration <= 1


def test_the_label_follows_from_the_score_by_one_set_of_thresholds():
    assert label_of(NEGATIVE_BELOW) == "negative"
    assert label_of(POSITIVE_ABOVE) == "positive"
    assert label_of((NEGATIVE_BELOW + POSITIVE_ABOVE) / 2) == "neutral"


def test_our_support_messages_are_labelled_and_mostly_judged_right_without_a_model():
    cases = [json.loads(line) for line in MESSAGES.read_text(encoding="utf-8").splitlines()]
    assert len(cases) >= 160
    assert {case["label"] for case in cases} == set(LABELS)
    assert len({case["id"] for case in cases}) == len({case["text"] for case in cases}) == len(cases)
    right = sum(lexicon.judge(case["text"]).label == case["label"] for case in cases)
    assert right / len(cases) >= 0.9


# ---------------------------------------------------------------- other languages, odd text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wo ist meine Bestellung? Ich warte seit zwei Wochen.", "German"),
        ("Bonjour, je n'ai pas reçu ma commande", "French"),
        ("Hola, ¿dónde está mi pedido?", "Spanish"),
        ("Buongiorno, il pacco non è arrivato", "Italian"),
        ("Olá, ainda não recebi a minha encomenda", "Portuguese"),
        ("Hallo, ik heb mijn pakket niet ontvangen", "Dutch"),
        ("Hej, jag har inte fått mitt paket", "Swedish"),
        ("Dzień dobry, gdzie jest moje zamówienie?", "Polish"),
        ("Merhaba, siparişim nerede?", "Turkish"),
        ("Где мой заказ?", "Russian"),
        ("أين طلبي؟", "Arabic"),
        ("איפה ההזמנה שלי?", "Hebrew"),
        ("我的订单在哪里？", "Chinese"),
        ("注文はどこですか？", "Japanese"),
        ("제 주문은 어디에 있나요?", "Korean"),
        ("मेरा ऑर्डर कहाँ है?", "Hindi"),
        ("Danke!", "German"),
    ],
)
def test_a_message_in_another_language_is_unknown_and_says_which(text, language):
    judged = lexicon.judge(text)
    assert judged.label == "unknown"
    assert judged.confidence < DOUBTFUL
    assert language in (judged.reason or "")


@pytest.mark.parametrize(
    "text",
    [
        "Is the Los Angeles depot open?",
        "My name is Jan de Vries, zip 1234",
        "Café Ole mugs, two please",
        "#W123",
        "ana@tienda.com.es",
        "HEY HO!",
        "😍",
        "12:30",
    ],
)
def test_names_and_ids_do_not_make_a_message_foreign(text):
    assert lexicon.judge(text).label != "unknown"


@pytest.mark.parametrize(
    "text",
    ["😀😍🥰", "😡😡", "‮abc‬", "\u0000\u200b", "ﷺ", "İ" * 50, "?!" * 200, "a" * 2000, "😀" * 2000, "👩‍👩‍👧‍👦", "1 2 3"],
)
def test_odd_text_breaks_nothing(text):
    judged = lexicon.judge(text, [text, text])
    assert judged.label in {*LABELS, "unknown"}
    assert 0 <= judged.frustration <= 1


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_message_without_text_is_unknown_with_its_reason(text):
    judged = lexicon.judge(text)
    assert (judged.label, judged.confidence) == ("unknown", 0)
    assert judged.reason


def test_guessing_a_language_needs_two_words_or_little_beside_one():
    guess = LanguageGuess({"English": "the is", "German": "ist nicht"})
    assert guess.guess("Das ist gut so, mein Freund") is None
    assert guess.guess("Das ist nicht gut so") == "German"
    assert guess.guess("Nicht gut") == "German"
    assert guess.guess("Ist gut") is None
    assert guess.guess("The man is called Ist Nicht") == "English"
    assert guess.guess("42") is None


# ---------------------------------------------------------------- the last five


def test_the_last_five_weigh_more_the_later_they_are():
    worse = lexicon.of_last(["Thank you, wonderful!", "It is broken, terrible"])
    better = lexicon.of_last(["It is broken, terrible", "Thank you, wonderful!"])
    assert worse.score < better.score
    assert (worse.trend, better.trend) == ("declining", "improving")


def test_only_five_messages_count():
    last = ["Hello", "Where is my order?", "Please tell me", "ok", "Thanks, great!"]
    assert lexicon.of_last(["I hate this, terrible!!!", *last]) == lexicon.of_last(last)


def test_what_could_not_be_judged_is_left_out_of_the_last_five():
    assert lexicon.of_last(["我的订单在哪里？", "Terrible, still broken"]).label == "negative"
    assert lexicon.of_last(["我的订单在哪里？"]).label == "unknown"
    assert lexicon.of_last([]).reason


# ---------------------------------------------------------------- confirmation by a model


def test_a_doubt_is_settled_with_the_model_in_one_question():
    model = ScriptedModel(choices=["negative"])
    confirmed = confirm(in_doubt(), "Just what I needed.", model, prompt)
    assert (confirmed.label, confirmed.method) == ("negative", "confirmed")
    assert confirmed.score < 0
    assert confirmed.confidence > 0.5
    assert len(model.prompts) == 1


def test_a_sure_lexicon_asks_nobody():
    model = ScriptedModel(choices=["positive"])
    sure = in_doubt(label="negative", confidence=CONFIRM_BELOW)
    assert confirm(sure, "Furious", model, prompt) is sure
    assert model.prompts == []


def test_an_undecided_model_leaves_the_label_to_the_lexicon():
    model = ScriptedModel(choices=[dict.fromkeys(LABELS, 1.0)] * 2)
    assert confirm(in_doubt(label="positive", score=0.8), "good", model, prompt).label == "positive"
    assert confirm(in_doubt(label="negative", score=-0.8), "bad", model, prompt).label == "negative"


def test_a_failed_confirmation_leaves_the_lexicons_result_and_its_reason():
    model = ScriptedModel(choices=[Unavailable("The model file is gone.")])
    doubt = in_doubt(label="positive", score=0.5)
    left = confirm(doubt, "Nice.", model, prompt)
    assert left.model_copy(update={"reason": None}) == doubt
    assert left.method == "lexicon"
    assert "The model file is gone." in (left.reason or "")


def test_without_a_model_the_lexicon_stands_and_says_so():
    left = confirm(in_doubt(label="positive", score=0.5), "Nice.", None, prompt)
    assert (left.label, left.method) == ("positive", "lexicon")
    assert "no language model" in (left.reason or "")


def test_chances_that_make_no_sense_count_as_a_failed_confirmation():
    class Broken(ScriptedModel):
        def choose(self, prompt, labels):
            return dict.fromkeys(labels, float("nan"))

    left = confirm(in_doubt(), "Nice.", Broken(), prompt)
    assert left.method == "lexicon"
    assert "no usable chances" in (left.reason or "")


def test_a_judgement_that_failed_altogether_is_unknown_with_both_reasons():
    model = ScriptedModel(choices=[Unavailable("The model file is gone.")])
    text = "Wo ist meine Bestellung?"
    failed = confirm(lexicon.judge(text), text, model, prompt)
    assert failed.label == "unknown"
    assert "German" in (failed.reason or "")
    assert "The model file is gone." in (failed.reason or "")


def test_the_model_alone_judges_another_language_and_the_reason_stays():
    text = "Ich warte seit drei Wochen und niemand antwortet, das ist nicht schön"
    confirmed = confirm(lexicon.judge(text), text, ScriptedModel(choices=["negative"]), prompt)
    assert (confirmed.label, confirmed.method) == ("negative", "confirmed")
    assert "German" in (confirmed.reason or "")


def test_an_empty_text_is_not_asked_about():
    model = ScriptedModel(choices=["positive"])
    assert confirm(lexicon.judge(" "), " ", model, prompt).label == "unknown"
    assert model.prompts == []


def test_only_the_last_message_of_the_question_changes():
    first, second = prompt.ask("One {message}"), prompt.ask("Two\nlines")
    assert first.messages[:-1] == second.messages[:-1]
    assert first.messages[0].role == "system"
    assert "One {message}" in first.messages[-1].content
    assert "Two lines" in second.messages[-1].content
    assert first.slot == "sentiment"


def test_no_example_of_the_prompt_is_one_of_our_cases():
    cases = {json.loads(line)["text"] for line in MESSAGES.read_text(encoding="utf-8").splitlines()}
    assert not cases & {example.text for example in prompt.examples}
