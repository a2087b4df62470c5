"""How fast the program is, each figure beside a bare baseline measured in the same run."""
