"""The same made-up records in every format that is read."""

import csv
import gzip
import json

import pandas as pd

COLUMNS = ("doc id", "Publication", "Pub_Date", "Headline", "Full Text", "Byline", "Link")


def write_json_lines(path, rows):
    lines = (json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) for row in rows)
    path.write_text("\n".join(lines), encoding="utf-8")


def write_json_array(path, rows):
    path.write_text(
        json.dumps([dict(zip(COLUMNS, row, strict=True)) for row in rows], indent=1), encoding="utf-8-sig"
    )


def write_packed(path, rows):
    write_json_lines(path, rows)
    path.write_bytes(gzip.compress(path.read_bytes()))


def write_delimited(path, rows, *, delimiter=",", encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def write_excel(path, rows):
    pd.DataFrame(rows, columns=COLUMNS).to_excel(path, index=False)


def write_parquet(path, rows):
    pd.DataFrame(rows, columns=COLUMNS).to_parquet(path)


WRITERS = {
    "a.jsonl": write_json_lines,
    "a.ndjson": write_json_lines,
    "a.json": write_json_array,
    "a.jsonl.gz": write_packed,
    "a.csv": write_delimited,
    "semicolon.csv": lambda path, rows: write_delimited(path, rows, delimiter=";", encoding="utf-8-sig"),
    "utf16.csv": lambda path, rows: write_delimited(path, rows, delimiter="\t", encoding="utf-16"),
    "a.tsv": lambda path, rows: write_delimited(path, rows, delimiter="\t"),
    "a.xlsx": write_excel,
    "a.parquet": write_parquet,
}
