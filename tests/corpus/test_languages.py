"""Telling English from other languages."""

import pytest

from analysis.corpus import language_of

OTHERS = {
    "de": "Der russische Präsident traf am Mittwoch in der Hafenstadt den iranischen Präsidenten, um über Handel, "
    "Verkehr und die Lage in der Region zu sprechen, wie ein Sprecher mitteilte.",
    "nl": "De president sprak woensdag in de havenstad met zijn ambtgenoot over handel, vervoer en de toestand in de "
    "regio, zo was in een verklaring te lezen die in de ochtend is verspreid.",
    "fr": "Le président a rencontré mercredi dans la ville portuaire son homologue pour parler du commerce, des "
    "transports et de la situation dans la région, a indiqué un porte-parole.",
    "es": "El presidente se reunió el miércoles en la ciudad portuaria con su homólogo para hablar de comercio, "
    "transporte y la situación en la región, informó un portavoz del gobierno.",
    "tr": "Devlet başkanı çarşamba günü liman kentinde mevkidaşı ile bir araya gelerek ticaret, ulaştırma ve "
    "bölgedeki durumu görüştü, bir sözcü daha sonra yeni bir toplantı yapılacağını bildirdi.",
    "ru": "Президент встретился в порту со своим коллегой.",
    "fa": "رئیس جمهور روز چهارشنبه در شهر بندری با همتای خود دیدار کرد",
    "ar": "التقى الرئيس نظيره في المدينة الساحلية يوم الأربعاء لبحث التجارة والنقل",
    "zh": "总统周三在港口城市会见了他的同行，讨论贸易和运输问题。",
    "pcm": "Di president don meet im counterpart for di port town on Wednesday, dem tok about trade, transport and "
    "wetin dey happen for di region, na so one tok-tok pesin tok am. Dem go still meet again next month.",
}


@pytest.mark.parametrize("code", OTHERS)
def test_other_languages(code):
    assert language_of(OTHERS[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Envoys meet in port",
        "Ayatollah Khamenei, Amir-Abdollahian, Lavrov, Ryabkov",
        "The two sides met on Tuesday and spoke about the railway that is to be built by the end of the year.",
        # an English article about somebody's foreign words
        "The minister said “tovarishchi, my idyom vperyod” to the crowd, which in the language of the country is a "
        "greeting that has been out of use for years, and it was not well received by the people who heard it.",
        # share tables
        "Shr 12 cts vs 19 cts\nNet 369,000 vs 358,000\nRevs 7,076,000 vs 6,712,000\nAvg shrs 3,050,000 vs 1,850,000",
    ],
)
def test_english_and_texts_too_short_to_tell(text):
    assert language_of(text) == "en"


def test_a_quote_in_english_does_not_make_an_article_english():
    assert language_of(OTHERS["ru"] * 5 + " “We want trade,” he said. " + OTHERS["ru"] * 5) == "ru"
