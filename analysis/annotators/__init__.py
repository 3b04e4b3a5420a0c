"""What is measured in an article: one package per thing measured.

=================  ===============================================================================
`annotate`         a table of articles through all annotators
`results`          articles into a results folder: what is finished or known is not measured again
`shard`            one shard of articles: planned, measured in chunks, finished
`cluster`          shards measured by a Dask cluster
`additions`        further articles added to results
`pipeline`         one article through all measures, into rows of the tables
`article`          one article as the measures get it; what a measure is
`parsing`          sentences, tokens, entities, quotation marks, sections: computed once
`quotes`           quotes with source and cue
`speakers`         the actor and the side behind a source
`actors`           mentions of the study's actors
`voice`            whose words each stretch of text is in
`themes`           hits of a codebook
`tone`             tone towards each mentioned actor; VADER per voice
`relations`        acts of one actor on another
`lexicon`          word lists of the rules, one folder per language
=================  ===============================================================================

The module `rows` of a package makes the rows of its tables. A package with such a module is found by `pipeline`.
"""
