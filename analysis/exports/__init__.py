"""Exports: what a colleague needs to check the work in a spreadsheet or in a program for qualitative analysis.

`framing export RESULTS --to xlsx|csv|qdpx`, or in a script:

    tables = analysis.load_tables("results")
    analysis.export(tables, "check.xlsx", to="xlsx")

**xlsx** is one workbook. It opens on a sheet that says what each sheet holds and what had to be changed for Excel;
every table has a sheet of its own with filters, and beside every hit stand outlet, day, title and sentence.

**csv** is a folder with the same tables as files, a README with the meaning of every column, and run.json, which says
how the tables were made.

**qdpx** is a REFI-QDA project (version 1.0) for MAXQDA, NVivo, ATLAS.ti or QualCoder: import it there as a REFI-QDA
project. Every article is a document with outlet, day and language as variables; themes are nested codes with their
definitions and patterns; quotes are coded with whose words they are and by which cue, mentions with the tone towards
the actor, acts with their kind. The comment of a coded segment says why it was coded: pattern, speaker,
probabilities.
The coder is called "media-framing", so that your own codings stay apart from those of the machine, and an agreement
between the two can be computed in these programs.

Whatever a format cannot hold is changed as little as possible and told: by the command, by `Exported.notes`, and in
the workbook or README. The same tables give the same bytes.
"""

from analysis.exports.files import FORMATS, Exported, Format, export

__all__ = ["FORMATS", "Exported", "Format", "export"]
