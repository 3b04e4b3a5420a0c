"""Comparisons: tables in, tidy results out, one statistic per file.

Every row of a result carries its numerator, denominator, n, estimate, `ci95_low`, `ci95_high` and method, and a note
where there is no interval or where it is not to be trusted.

===============================  ====================================================================================
How much, in whose words         `rates`: theme rates and prevalence, voice and quoted shares, VADER
In what tone towards whom        `tone_index`; word lists beside it: `tone_methods`, `tone_dictionary`
How speakers are presented       `quoting`: cues, direct or indirect, beside whom
Own words or only quoted         `adoption`: themes and loaded terms
How two sides relate             `relations`: acts of one on the other; `dyads`: sentences with both
Themes per unit, and together    `theme_counts`: articles, paragraphs, sentences; co-occurrence
Do groups differ                 `differences`, `reprints` (with and without wire copy), `wild_bootstrap`, `multiple`
Do outlets differ                `outlet_differences`: from the others, as measured and put right; `outlet_groups`
Do voices or sides differ        `contrasts`: within the same articles
What words set groups apart      `word_counts`, then `keyness`, `log_odds`, `dispersion`; both in one: `wording`
Do coders agree                  `agreement`
How good is the measurement      `coding_sheet`, `coding_files`, `validation`, `scores`
Estimates put right              `correction`
What a codebook does             `codebook_check`
From a number to its sentences   `evidence`, `kwic` (keyword in context)
===============================  ====================================================================================

`intervals`, `grouping`, `voices`, `ratios`, `units`, `item_counts`, `contingency`, `pair_tests`, `parts` (headline,
lead, body) and `voice_segments` are what those are made of; `safe_cells` makes tables harmless for spreadsheets.
"""
