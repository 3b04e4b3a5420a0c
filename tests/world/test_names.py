"""Names folded to the keys they are looked up by."""

from __future__ import annotations

import pytest

from analysis.world.names import family_name, fold, initials, spelling, spellings, without_titles


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Mevlüt Çavuşoğlu", "mevlut cavusoglu"),
        ("Lars Løkke Rasmussen", "lars lokke rasmussen"),
        ("James R. Clapper, Jr.", "james clapper"),
        ("Moshe Ya’alon", "moshe yaalon"),
        ("Hossein Amir-Abdollahian", "hossein amir abdollahian"),
        ("Bashar al-Assad", "bashar assad"),
        ("Al Gore", "al gore"),
        ("S. Jaishankar", "s jaishankar"),
        ("the Kremlin", "kremlin"),
        ("Iran's Foreign Ministry", "iran foreign ministry"),
        ("U.S. Treasury", "us treasury"),
        ("Charles III", "charles iii"),
        ("...", ""),
    ],
)
def test_a_name_is_folded(name: str, key: str) -> None:
    assert fold(name) == key


def test_an_acronym_is_no_word() -> None:
    assert fold("IS") != fold("is")


def test_titles_are_dropped_but_never_the_whole_name() -> None:
    assert without_titles(fold("Gen. Mark Milley")) == "mark milley"
    assert without_titles(fold("Iranian President")) == "iranian president"
    assert without_titles("king") == "king"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergey Shoygu", "Sergei Shoigu"),
        ("Aleksandr Lukashenko", "Alexander Lukashenko"),
        ("Mohammad Javad Zarif", "Mohammed Javad Zarif"),
        ("Abbas Araghchi", "Abbas Araqchi"),
        ("Qassem Soleimani", "Ghassem Soleimani"),
        ("Levan Jagarian", "Levan Dzhagaryan"),
    ],
)
def test_transliterations_have_one_spelling(one: str, other: str) -> None:
    assert spelling(fold(one)) == spelling(fold(other))
    assert initials(fold(one)) == initials(fold(other))


def test_many_names_are_spelt_as_one_by_one() -> None:
    keys = ["sergey shoygu", "evgeny prigozhin", "mohamed", "ali khamenei"]
    assert spellings(keys) == [spelling(key) for key in keys]
    assert spellings([]) == []


@pytest.mark.parametrize(("one", "other"), [("Ali Larijani", "Ali Larina"), ("Igor Ivanov", "Igor Ivanova")])
def test_other_names_keep_their_own_spelling(one: str, other: str) -> None:
    assert spelling(fold(one)) != spelling(fold(other))


def test_the_family_name_comes_first_in_china() -> None:
    assert family_name("hua chunying", "CN") == "hua"
    assert family_name("john kerry", "US") == "kerry"
