"""What a learner answered: kept in a database, exported to one file, taken in again."""

from lessons.work.checks import Answer, WorkError
from lessons.work.labelled import Background
from lessons.work.work import Taken, Work, open_work

__all__ = ["Answer", "Background", "Taken", "Work", "WorkError", "open_work"]
