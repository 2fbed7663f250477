"""Questions as other programs and people write them <-> questions of ours, each with a verdict. Pure."""
