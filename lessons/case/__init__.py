"""A case: a folder of tables about one document, read, checked, and handed out as DataFrames."""

from lessons.case.case import Case, check, open_case
from lessons.case.faults import CaseError, Fault

__all__ = ["Case", "CaseError", "Fault", "check", "open_case"]
