"""What is said in answer to a question, and whether it is supported."""
