"""What a class did: hand-ins collected, counted, and written out for a gradebook."""

from lessons.classroom.collect import Collected, collect, collect_files

__all__ = ["Collected", "collect", "collect_files"]
