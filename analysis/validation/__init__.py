"""Validation: coded samples, agreement between coders, accuracy of the toolkit, and corrected estimates.

===================  =================================================================================
Draw a sample        `draw_sample`, `write_sample`; `coding_task` lists all units and questions
Evaluate it          `validate_files` for coding sheets on disk, `validate` for answers in memory
Keep the result      `save_validation`, `load_summaries`
Single statistics    `agreement`, `krippendorff_alpha`, `scores`, `confusion`
Corrected estimates  `corrected_means`, `corrected_differences`, `outlet_differences`, `outlet_shares`
Articles as a whole  `load_coding`, `article_units`: readers coded articles, not single units
State a finding      `claim`: estimate, corrected estimate, interval, n and link in a sentence
Plan more coding     `planned_widths`
Test a codebook      `check_codebook`
===================  =================================================================================

>>> from analysis import validation
>>> sample = validation.draw_sample(analysis.load_tables("results"), "themes", n=16)
"""

from analysis.validation.agreement import agreement, krippendorff_alpha
from analysis.validation.claims import Claim, claim
from analysis.validation.classification_scores import confusion, scores
from analysis.validation.codebook_check import CodebookCheck, check_codebook
from analysis.validation.correction import corrected_differences, corrected_means
from analysis.validation.outlet_differences import outlet_differences
from analysis.validation.outlet_shares import outlet_shares
from analysis.validation.planning import planned_widths
from analysis.validation.results import load_summaries, save_validation
from analysis.validation.sampling import CodingSample, build_sample, draw_sample
from analysis.validation.sheets import read_answers, read_key, write_sample
from analysis.validation.tasks import CodingTask, Question, coding_task
from analysis.validation.validate import Validation, validate, validate_files
from analysis.validation.whole_articles import ArticleCoding, article_units, load_coding

__all__ = [
    "ArticleCoding",
    "Claim",
    "CodebookCheck",
    "CodingSample",
    "CodingTask",
    "Question",
    "Validation",
    "agreement",
    "article_units",
    "build_sample",
    "check_codebook",
    "claim",
    "coding_task",
    "confusion",
    "corrected_differences",
    "corrected_means",
    "draw_sample",
    "krippendorff_alpha",
    "load_coding",
    "load_summaries",
    "outlet_differences",
    "outlet_shares",
    "planned_widths",
    "read_answers",
    "read_key",
    "save_validation",
    "scores",
    "validate",
    "validate_files",
    "write_sample",
]
