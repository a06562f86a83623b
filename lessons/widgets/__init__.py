"""What a learner touches. Each widget is one file, with its .js and .css beside it."""

from lessons.late import put_off_address_parsers

put_off_address_parsers()  # before Altair is imported
