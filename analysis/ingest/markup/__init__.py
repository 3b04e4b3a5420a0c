"""Word documents, RTF, HTML and plain text as one stream of paragraphs."""
