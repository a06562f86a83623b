"""Questions asked of a case: pandas tables in, pandas tables out. No pictures, no widgets."""
