"""REFI-QDA projects: valid by the public schema, read back by another reader, every segment on its words."""

import io
import unicodedata
import zipfile
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pyrefiqda import RefiProject

import analysis
from analysis.exports.qda_project import write_qda_project
from analysis.study.formats import refi_qda
from analysis.study.formats.losses import Losses
from tests.exports.made_up import NS, article, made_tables, project_of, selections, theme_hit

HOSTILE = "<b>&\"'</b> \x00\x07 \U0001f54a\ufe0f \u202eסודי\u202c ]]> {{x}} \ufffe =1+1"


def qda_project(tables):
    stream = io.BytesIO()
    notes = write_qda_project(tables, stream)
    return stream.getvalue(), notes


@pytest.fixture(scope="module")
def exported(bundled, tmp_path_factory):
    return analysis.export(bundled, tmp_path_factory.mktemp("qda") / "p.qdpx", to="qdpx")


@pytest.fixture(scope="module")
def project(exported):
    return project_of(exported.files[0])


def test_the_bundled_study_loses_nothing(exported, project, bundled):
    assert exported.notes == ()
    root, documents = project
    assert len(documents) == len(root.findall("q:Sources/q:TextSource", NS)) == len(bundled.articles)
    assert Counter(bundled.articles["text"]) == Counter(d.decode("utf-8") for d in documents.values())


def test_every_row_is_a_segment_on_its_words(project, bundled):
    found = Counter()
    by_code = {}
    for source, selection, code, words in selections(*project):
        memo = selection.findtext("q:Description", "", NS)
        found[code.split(":")[0]] += memo.count("\n") + 1
        by_code.setdefault(code, Counter())[words] += memo.count("\n") + 1
        assert words.strip() == words and words
        assert selection.get("creatingUser") == source.get("creatingUser")
    labels = bundled.study.theme_labels
    for theme, rows in bundled.themes.groupby("theme"):
        assert by_code[labels[theme]] == Counter(rows["text"])
    for quadrant, rows in bundled.relations.groupby("quadrant"):
        assert sum(by_code[f"Act: {quadrant.replace('_', ' ')}"].values()) == len(rows)
    negative = bundled.mentions.query("side == 'russia' and polarity == -1 and abstained.isna()")
    assert by_code["Russia: negative"] == Counter(negative["text"])
    assert len(negative) > 5
    assert found["Source of a quote"] == (bundled.quote_spans["role"] == "source").sum()
    assert found["Cue"] == (bundled.quote_spans["role"] == "cue").sum()


def test_quotes_are_under_their_speaker_and_side(project, bundled):
    root, documents = project
    putin = bundled.quotes.query("speaker == 'putin'")
    spans = bundled.quote_spans.query("role == 'content'").merge(putin[["quote_id", "article_id"]])
    texts = bundled.articles.set_index("article_id")["text"]
    words = Counter(
        texts[a][s:e] for a, s, e in spans[["article_id", "start", "end"]].itertuples(index=False)
    )
    coded = Counter(w for _, _, code, w in selections(root, documents) if code == "Words of Vladimir Putin")
    assert coded == words and words
    (code,) = root.iterfind(".//q:Code[@name='Words of Vladimir Putin']", NS)
    assert code.getparent().get("name") == "Words of side: Russia"
    assert code.get("color") == code.getparent().get("color") == bundled.study.side_colours["russia"]


def test_every_letter_is_the_outlets_own_or_attributed(project, bundled):
    """The two kinds of codes divide a text between them, so a query for a theme outside of quotes can be trusted."""
    divided = {}
    for source, selection, code, _ in selections(*project):
        if code == "Outlet's own words" or code.startswith("Words of"):
            own, theirs = divided.setdefault(source.get("plainTextPath"), (set(), set()))
            places = range(int(selection.get("startPosition")), int(selection.get("endPosition")))
            (own if code.startswith("Outlet") else theirs).update(places)
    assert len(divided) == len(bundled.articles)
    for path, (own, theirs) in divided.items():
        text = project[1][path.removeprefix("internal://")].decode("utf-8")
        assert not own & theirs
        assert all(place in own or place in theirs for place, letter in enumerate(text) if letter.isalnum())


def test_themes_are_nested_with_the_guids_and_patterns_of_the_codebook(project, study):
    root, _ = project
    written = etree.fromstring(refi_qda.write(study.codebook, Losses()))

    def tree(codes):
        return [
            (c.get("guid"), c.get("name"), c.findtext("{*}Description"), tree(c.findall("{*}Code")))
            for c in codes
        ]

    themes = root.find("q:CodeBook/q:Codes/q:Code[@name='Themes']", NS)
    assert tree(themes.findall("q:Code", NS)) == tree(written.findall("{*}Codes/{*}Code"))
    assert any(below for *_, below in tree(themes.findall("q:Code", NS)))


def test_names_and_guids_are_used_once(project):
    root, _ = project
    for place in (".//q:Code", ".//q:TextSource"):
        names = [element.get("name").casefold() for element in root.iterfind(place, NS)]
        assert len(names) == len(set(names))
    guids = [element.get("guid") for element in root.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))
    targets = {element.get("targetGUID") for element in root.iter() if element.get("targetGUID")}
    assert targets <= set(guids)


def test_only_codes_that_can_be_applied_are_applied(project):
    root, _ = project
    codable = {code.get("guid"): code.get("isCodable") for code in root.iterfind(".//q:Code", NS)}
    refs = {ref.get("targetGUID") for ref in root.iterfind(".//q:Coding/q:CodeRef", NS)}
    assert {codable[guid] for guid in refs} == {"true"}


def test_variables(project, bundled):
    root, _ = project
    variables = {v.get("guid"): v for v in root.iterfind("q:Variables/q:Variable", NS)}
    source = root.find("q:Sources/q:TextSource", NS)
    told = {
        variables[value[0].get("targetGUID")].get("name"): (etree.QName(value[1]).localname, value[1].text)
        for value in source.iterfind("q:VariableValue", NS)
    }
    row = bundled.articles.iloc[0]
    assert told["outlet"] == ("TextValue", row["outlet"])
    assert told["published"] == ("DateTimeValue", row["published"].strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert told["n_words"] == ("IntegerValue", str(row["n_words"]))
    assert told["language"] == ("TextValue", "en")
    assert "text" not in told
    assert {v.get("name"): v.get("typeOfVariable") for v in variables.values()}["published"] == "DateTime"


def test_read_back_by_a_reader_of_the_package_index(exported, project, bundled, tmp_path):
    read = RefiProject.load(exported.files[0], str(tmp_path))
    sources = read.sources.text_source
    assert len(sources) == len(bundled.articles)
    by_guid = {}
    waiting = list(read.code_book.codes.code)
    while waiting:
        code = waiting.pop()
        by_guid[code.guid] = code.name
        waiting += code.code
    found = Counter()
    for source in sources:
        path = RefiProject.resolve_source_path(source.plain_text_path, tmp_path)
        text = path.read_bytes().decode("utf-8")
        for chosen in source.plain_text_selection:
            (coding,) = chosen.coding
            words = text[chosen.start_position : chosen.end_position]
            found[source.guid, by_guid[coding.code_ref.target_guid], words] += 1
    mine = Counter((source.get("guid"), code, words) for source, _, code, words in selections(*project))
    assert found == mine


def test_same_tables_same_bytes(exported, bundled, tmp_path):
    again = analysis.export(bundled, tmp_path / "other name.qdpx", to="qdpx")
    assert again.files[0].read_bytes() == exported.files[0].read_bytes()


def hostile_tables(**changes):
    text = f"\ufeffPeace,\r\nsaid {HOSTILE}\rpeace."
    end = len(text) - 1
    articles = [
        article(
            id_,
            text,
            title=HOSTILE,
            outlet=f"{HOSTILE} Post",
            author=HOSTILE,
            url="javascript:alert(1)",
            **changes,
        )
        for id_ in ("../../etc/passwd", "C:\\x\n\x01", "CON", "a" * 300)
    ]
    hits = [
        row
        for a in articles
        for row in (
            theme_hit(a["article_id"], text, 1, 6),
            theme_hit(a["article_id"], text, end - 5, end, pattern=HOSTILE, theme="PEACE"),
        )
    ]
    return made_tables([*articles, article("empty", "")], themes=hits)


def test_hostile_texts(tmp_path):
    tables = hostile_tables()
    written = analysis.export(tables, tmp_path / "p.qdpx", to="qdpx")
    root, documents = project_of(written.files[0])
    assert set(documents) == {f"{s.get('guid')}.txt" for s in root.iterfind(".//q:TextSource", NS)}
    for text in documents.values():
        assert not text.startswith(b"\xef\xbb\xbf") and b"\r" not in text and b"\x00" not in text
    found = [
        (code, words) for _, _, code, words in selections(root, documents) if code != "Outlet's own words"
    ]
    assert Counter(found) == {("peace (2)", "Peace"): 4, ("PEACE", "peace"): 4}
    assert [note.rpartition(": ")[2] for note in written.notes] == ["4", "4", "4"]
    assert RefiProject.load(written.files[0], str(tmp_path / "out")).sources.text_source[0].name
    names = [source.get("name") for source in root.iterfind(".//q:TextSource", NS)]
    assert len({name.casefold() for name in names}) == 5
    for name in names:
        assert not set(name) & set('\\/:*?"<>|\u202e') and all(unicodedata.category(c) != "Cc" for c in name)


def test_shards_are_written_one_after_another(project, in_shards):
    made, notes = qda_project(in_shards)
    assert notes == ()
    other = project_of(io.BytesIO(made))
    assert other[1] == project[1]
    sources, others = (
        sorted((source.get("guid"), *map(etree.tostring, source)) for source in root.find("q:Sources", NS))
        for root in (project[0], other[0])
    )
    assert sources == others
    codes = [etree.tostring(root.find("q:CodeBook", NS)) for root in (project[0], other[0])]
    assert codes[0] == codes[1]


def test_refused_articles_are_told():
    reject = {"source_file": "x.csv", "row": "3", "reason": "empty", "detail": "no text"}
    tables = made_tables([article()], rejects=[reject])
    assert qda_project(tables)[1] == ("refused articles, not in the project: 1",)


def test_no_articles_at_all():
    made, _ = qda_project(made_tables([]))
    assert zipfile.ZipFile(io.BytesIO(made)).namelist() == ["project.qde"]
    project_of(io.BytesIO(made))


def test_two_findings_on_the_same_words_are_one_segment():
    text = "Iran and Russia agree."
    relation = {
        "article_id": "a0", "sentence": 0, "start": 0, "end": 21, "source_actor": "iran", "source_side": "iran",
        "target_actor": "russia", "target_side": "russia", "verb": "agree", "direction": "cooperation",
        "quadrant": "verbal_cooperation", "weight": 3.0, "status": "actual", "negated": False, "passive": False,
        "mutual": True, "score": 0.9, "voice": "outlet", "quote_id": None,
    }  # fmt: skip
    other = {**relation, "source_actor": "russia", "target_actor": "iran"}
    made, _ = qda_project(made_tables([article(text=text)], relations=[relation, other]))
    acts = [s for _, s, code, _ in selections(*project_of(io.BytesIO(made))) if code.startswith("Act")]
    assert len(acts) == 1
    assert acts[0].findtext("q:Description", namespaces=NS).splitlines() == [
        "iran > russia: agree; cooperation, weight 3, actual, mutual; score 0.90; voice: outlet",
        "russia > iran: agree; cooperation, weight 3, actual, mutual; score 0.90; voice: outlet",
    ]


def as_written(text, place):
    """The character that stands for one of the table's: itself, but for those that programs read differently."""
    letter = text[place]
    if letter == "\r":
        return " " if text[place + 1 : place + 2] == "\n" else "\n"
    if letter == "\ufeff" and place == 0:
        return " "
    forbidden = letter in "\ufffe\uffff" or (unicodedata.category(letter) == "Cc" and letter < " ")
    return "\ufffd" if forbidden and letter not in "\t\n" else letter


LETTERS = st.characters() | st.sampled_from("\r\n\ufeff\x00<&\U0001f54a ")
PLACES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@settings(max_examples=5)  # of ten texts each, since a project takes longer than a text
@given(st.lists(st.tuples(st.text(LETTERS, max_size=60), PLACES), min_size=10, max_size=10))
def test_every_segment_slices_back_to_its_words(examples):
    texts = {f"a{number}": text for number, (text, _) in enumerate(examples)}
    hits = [
        theme_hit(key, texts[key], start, end, theme=f"t{end}")
        for key, (_, places) in zip(texts, examples, strict=True)
        for start, end in {(min(place), max(place)) for place in places}
        if start < end <= len(texts[key])
    ]
    made, _ = qda_project(made_tables([article(key, text) for key, text in texts.items()], themes=hits))
    found = Counter(
        (code, words)
        for _, _, code, words in selections(*project_of(io.BytesIO(made)))
        if code.startswith("t")
    )
    expected = (
        (
            hit["theme"],
            "".join(as_written(texts[hit["article_id"]], p) for p in range(hit["start"], hit["end"])),
        )
        for hit in hits
    )
    assert found == Counter(expected)
