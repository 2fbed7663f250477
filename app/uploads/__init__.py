"""Uploads: photos and documents that learners hand in, checked by what they hold and kept by the hash of their bytes.

The bytes stand in the database, beside the answers that refer to them: the one place that every app process and host
reaches, written in the database's own transactions and part of the same backup. A photo is made small before it is kept
(some hundred KB), so a province's course of 1,000 people with five photos each is about a gigabyte.
"""

from __future__ import annotations
