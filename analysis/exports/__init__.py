"""Exports for spreadsheets and for programs for qualitative data analysis.

Run ``framing export RESULTS --to xlsx|csv|qdpx|conllu|xmi|standoff``, or in a script:

    tables = analysis.load_tables("results")
    analysis.export(tables, "check.xlsx", to="xlsx")

**xlsx** is a workbook. Its first sheet describes the other sheets and lists what was changed for Excel. Every
table has a sheet with filters. Outlet, date, title and sentence stand in the row of every hit.

**csv** is a folder with the same tables as files, a README that documents every column, and run.json, which
records how the tables were made.

**qdpx** is a REFI-QDA project (version 1.0) for MAXQDA, NVivo, ATLAS.ti or QualCoder. Every article is a document
with outlet, date and language as variables. Themes are nested codes with their definitions and patterns. Quotes
are coded by voice and cue, mentions by the tone towards the actor, acts by their kind. The comment of a coded
segment explains why it was coded: pattern, speaker, probabilities. The coder is called "media-framing", so that
these programs can compute its agreement with your own coding.

**conllu** has the tokens of all articles with lemma, part of speech and dependency, for corpus tools.

**xmi** is a folder of UIMA CAS files with their type system, for INCEpTION and other annotation tools. Themes,
mentions, acts and the spans of quotes are layers.

**standoff** is a results folder from which the texts cannot be rebuilt, to be published with a report: all spans,
sides, themes, tone and counts, with a data card, schema.org metadata and a citation file. ``framing join`` puts the
words back for whoever has the articles.

What a format cannot hold is changed as little as possible and reported: by the command, in `Exported.notes`, and
in the workbook or README. The same tables give the same bytes.
"""

from analysis.exports.files import FORMATS, Exported, Format, export

__all__ = ["FORMATS", "Exported", "Format", "export"]
