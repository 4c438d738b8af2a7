"""What others run: each file here works alone, without this repository."""
