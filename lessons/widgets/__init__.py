"""What a learner touches. Each widget is one file, with its .js and .css beside it."""
