"""Quotes: who is said to have said, written, thought or intended what."""

from analysis.annotators.quotes.extract import QuoteRecord as QuoteRecord
from analysis.annotators.quotes.extract import quote_records as quote_records
from analysis.annotators.quotes.extract import quotes as quotes
