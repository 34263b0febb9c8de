"""What the library holds: records, texts, sections, passages."""
