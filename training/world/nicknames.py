"""Short forms of English given names: articles write "Liz Cheney" where a source has "Elizabeth Cheney"."""

from __future__ import annotations

COUNTRIES = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
_SHORT = """Alexander Alex|Alexandra Alex|Alfred Al|Andrew Andy|Anthony Tony|Barbara Barb|Benjamin Ben|Bernard Bernie
Bradley Brad|Charles Chuck Charlie|Christine Chris|Christopher Chris|Clifford Cliff|Daniel Dan Danny
David Dave|Deborah Debbie Deb|Donald Don|Douglas Doug|Edward Ed Eddie Ted|Elizabeth Liz Beth Betsy
Eugene Gene|Francis Frank|Frederick Fred|Gerald Jerry|Gregory Greg|Gilbert Gil|Henry Hank|Jacob Jake
James Jim Jimmy|Jeffrey Jeff|Jerome Jerry|John Jack Johnny|Jonathan Jon|Joseph Joe|Joshua Josh
Katherine Kathy Kate|Kathleen Kathy|Kenneth Ken|Kimberly Kim|Lawrence Larry|Leonard Len|Luther Luke
Margaret Maggie Peggy|Martin Marty|Matthew Matt|Michael Mike|Nathan Nate|Nathaniel Nate|Nicholas Nick
Patricia Pat Patty|Patrick Pat|Peter Pete|Philip Phil|Phillip Phil|Randall Randy|Raymond Ray
Rebecca Becky|Reginald Reggie|Richard Rick Dick Rich|Robert Bob Rob Bobby|Rodney Rod|Ronald Ron
Rudolph Rudy|Russell Russ|Samuel Sam|Stanley Stan|Stephen Steve|Steven Steve|Stuart Stu|Susan Sue Susie
Suzanne Sue|Terrance Terry|Theodore Ted|Thomas Tom|Timothy Tim|Victoria Vicky|Vincent Vince
Virginia Ginny|Walter Walt|William Bill Will Billy|Zachary Zach Zack"""
_SHORT_OF = {
    long: short for entry in _SHORT.replace("\n", "|").split("|") for long, *short in [entry.split()]
}


def nicknames(name: str, country: str) -> tuple[str, ...]:
    """A name with each short form of its given name, where its country uses them.

    Examples
    --------
    >>> nicknames("Elizabeth Cheney", "US")
    ('Liz Cheney', 'Beth Cheney', 'Betsy Cheney')
    """
    given, _, rest = name.partition(" ")
    if not rest or country not in COUNTRIES:
        return ()
    return tuple(f"{short} {rest}" for short in _SHORT_OF.get(given, ()))
