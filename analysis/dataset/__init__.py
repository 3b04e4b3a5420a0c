"""A results folder on disk: every table in parts, one part per shard of about 500 articles.

====================  ============================================================================================
`TABLE/part-*`        rows of one shard as Parquet, sorted by the key of the table; the name has the number of the
                      shard and a hash of the content
`families/part-*`     the family of wire copy of every article; it depends on all articles, so it is not in `articles`
`shards/*.json`       one marker per finished shard: fingerprint of its articles and of everything that measured
                      them, rows and SHA-256 of its parts
`rejects.csv`         articles that were refused
`study/`              the study that was measured
`run.json`            how the tables were made, and which markers belong to them, with their SHA-256
====================  ============================================================================================

`run.json` is written last, and only the files that it names belong to the results. New parts stand beside the old
ones until then, so that a run that is stopped leaves the old results as they were. Nothing is overwritten: a part or
marker with other content has another name.

`layout` assigns articles to shards, `arrow` turns rows into Arrow tables, `parts` writes and reads files with their
checksums, `shards` has the markers, `folder` opens and commits a folder, `lock` keeps other runs out, `streams` has
the temporary files of a run, `rejects` the list of refused articles, `storage` and `query` read tables lazily,
`copying` copies results to and from object stores.
"""

from analysis.dataset.folder import Dataset, commit, open_dataset
from analysis.dataset.layout import n_shards_for, shard_of
from analysis.dataset.parts import Part
from analysis.dataset.shards import Shard, write_shard

__all__ = ["Dataset", "Part", "Shard", "commit", "n_shards_for", "open_dataset", "shard_of", "write_shard"]
