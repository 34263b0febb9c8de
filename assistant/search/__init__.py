"""Which passages speak to a question: embeddings, the index, keyword search, and their fusion."""
