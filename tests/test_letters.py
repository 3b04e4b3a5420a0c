from analysis.letters import ascii_id, without_accents


def test_accents_are_removed_and_other_letters_stay():
    assert without_accents("Président Łukasz Çavuşoğlu, Zürich") == "President Łukasz Cavusoglu, Zurich"
    assert without_accents("Й") == "И"
    assert without_accents("plain") == "plain"


def test_ids_are_ascii():
    assert ascii_id("  São Tomé & Príncipe ") == "sao_tome_principe"
    assert ascii_id("Иран") == ""
