"""What is computed once per article: sentences, tokens, entities, quotation marks, sections."""
