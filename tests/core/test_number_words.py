"""What names of classes mean which digit."""

from __future__ import annotations

import pytest

from rnn_desk.core.number_words import digit_of


@pytest.mark.parametrize(
    "names",
    [
        "null eins zwei drei vier fünf sechs sieben acht neun",
        "zéro un deux trois quatre cinq six sept huit neuf",
        "cero uno dos tres cuatro cinco seis siete ocho nueve",
        "zero uno due tre quattro cinque sei sette otto nove",
        "zero um dois três quatro cinco seis sete oito nove",
        "nul één twee drie vier vijf zes zeven acht negen",
        "〇 一 二 三 四 五 六 七 八 九",
        "数字零 数字一 数字二 数字三 数字四 数字五 数字六 数字七 数字八 数字九",
        "líng yī èr sān sì wǔ liù qī bā jiǔ",
        "٠ ١ ٢ ٣ ٤ ٥ ٦ ٧ ٨ ٩",
        "० १ २ ३ ४ ५ ६ ७ ८ ९",
        "ноль один два три четыре пять шесть семь восемь девять",
        "sıfır bir iki üç dört beş altı yedi sekiz dokuz",
        "Zero ONE Digit_2 class-three 4.0 5. 06 (7) eight nine_9",
    ],
)
def test_words_and_figures_mean_digits(names):
    assert [digit_of(name) for name in names.split()] == list("0123456789")


@pytest.mark.parametrize("name", ["", "10", "12", "1 2", "cat", "十一", "one two", "一二", "ten"])
def test_other_names_mean_none(name):
    assert digit_of(name) is None
