"""Quotes: content, source and cue of direct, indirect and mixed quotations."""

from analysis.annotators.quotes.extract import QuoteRecord as QuoteRecord
from analysis.annotators.quotes.extract import quote_records as quote_records
from analysis.annotators.quotes.extract import quotes as quotes
