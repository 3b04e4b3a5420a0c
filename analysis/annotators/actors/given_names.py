"""Given names that tell whether "he" or "she" can mean their bearer; names given to both are left out.

Our own list of names common in English-language news about Europe, the Middle East and America.
"""

# ruff: noqa: SIM905  (lists of words read better in one string)
from __future__ import annotations

from typing import Literal

_SHE = frozenset(
    """
    aisha albina alexandra alice alina alison amanda amy ana anastasia angela angelina anita ann anna
    annalena anne annette annie arezou asma ayse azadeh bahar barbara beatrice bella beth betty brenda
    bridget camilla carla carly carol caroline carolyn catherine cathy charlotte cheryl chloe christina
    christine cindy claire clara claudia condoleezza cynthia daria dariya deborah denise diana diane
    dianne donna dora dorothy ekaterina elaine elena elise elizabeth ella ellen elvira emily emine emma
    erica erin esther eva evelyn farah farzaneh fatemeh fatima fatma federica figen fiona florence frances
    galina ginni giorgia gloria golnaz grace greta gulnara hala hanan hanna hannah heather helen helena
    hillary hina ida inna irene irina isabel ivanka jacqueline jane janet janice jeanne jen jennifer
    jessica jill jillian joan joanna joanne josephine joyce judith julia julie kaja karen karine kate
    katherine kathleen kathryn kathy katie kayleigh kelly kimberly kristi kristin laila laleh lara larisa
    laura lauren layla leila lena leyla liliana linda lisa liz liza lorraine louise lucia lucy ludmila
    lydia lyudmila madeleine maggie malala margaret maria mariam marina marjorie martha mary maryam
    marziyeh masoumeh masumeh maureen megan mehbooba melania melanie melissa michelle mina miriam mona
    monica mounira nadezhda nadia nancy naomi narges nasrin natalia natalie natasha nathalie nazanin
    nicole nigar nikki nina nora oksana oleksandra olena olga olivia pamela patricia paula pauline penny
    petra phoebe polina priti rachel raisa rana rania rebecca renee rhonda rima rita roberta rosa rose
    roxana ruth sabrina sahar sally samantha samira sana sanam sandra sara sarah selin sevda shahla sharon
    sheila shirin shirley simin soheila sonia sophia sophie soraya stephanie sue susan susanna suzanne
    svetlana sylvia tahereh tamara tammy tanya tatiana tatyana teresa theresa tina tulsi ursula valentina
    valerie vanessa vera veronica victoria viktoria violet virginia wendy yulia yuliya zahra zeinab zeynep
    zoe
    """.split()
)
_HE = frozenset(
    """
    aaron abbas abdolnaser abdul abdullah abu adam adel ahmad ahmed akbar alan albert alejandro aleksandr
    aleksei aleksey alexander alexei alexey alfred ali alireza amir amos andreas andrei andrew andrey
    andrii andriy anthony anton antonio antony arash arthur ash ashton aydin barack bashar ben benjamin
    benny bernard bernie bill bob boris brad brandon brent bret brett brian bruce bruno carl charles chuck
    colin craig dan daniel david denis dennis denys derek dick dmitri dmitriy dmitry dmytro don donald
    doug douglas dwight ebrahim edmund eduardo edward edwin ehsan elliott emad emmanuel eric ernest
    esmaeil esmail eugene evan farhad fedor ferdinand francis frank franklin fred friedrich fyodor gary
    gennady geoffrey george gerald gerhard giorgi glenn gordon graham greg gregory guy hadi hakan hamid
    hans harold harry hassan henry herbert hosein hossein howard hugh hussein ian ibrahim igor ilham ilya
    isaac ismail ivan jack jacob jake james jared jason javad jeff jeffrey jens jeremy jerome jerry jim
    jimmy joe joel john johnny jonathan josef joseph josh joshua juan justin kamal karl kazem keir keith
    kenneth kevin khaled kirill konstantin kurt larry lars lawrence leon leonard leonid lloyd louis luis
    lukas mahmoud malcolm manuel marc marco marcus mario mark martin masoud matt matthew maxim maxime
    mehdi mehmet mehrdad mevlut michael michel mike mikhail mitch mitt mohamed mohammad mohammed mohsen
    moqtada muhammad murat mustafa mykhailo naftali naser nasser nathan ned neil nicholas nick nicolas
    nigel nikita nikol nikolai nikolay noah norman olaf oleg oleh oliver omar orkhan oscar owen patrick
    paul pavel pedro pete peter petro phil philip qasem qassem rafael ralph ramzan rand raymond recep rex
    reza richard rick rishi rob robert roger roman ron ronald rostam roy ruslan russell ryan saddam saeed
    salman samuel scott sean sergei sergey serhiy seth seymour simon stanislav stephen steve steven stuart
    ted terry theodore thomas tim timothy todd tom tony trey vadim valery vasily viktor vincent vitaly
    vladimir volodymyr vyacheslav walter warren wayne william yair yevgeny yoav yuri yury yusuf zalmay
    zamir ziad
    """.split()
)


def pronoun_of(name: str) -> Literal["he", "she"] | None:
    """The pronoun that a person's given name tells, if any.

    Parameters
    ----------
    name : str
        A full name; a surname alone tells nothing.
    """
    given = name.casefold().split()
    if len(given) < 2:
        return None
    return "she" if given[0] in _SHE else "he" if given[0] in _HE else None
