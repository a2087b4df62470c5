"""Workbooks in and out: contract.md section 2, read to the letter and never trusted."""
