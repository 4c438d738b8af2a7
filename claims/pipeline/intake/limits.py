from datetime import date

# The longest newspaper supplements run to some 300,000 characters.
MAX_CHARACTERS = 1_000_000
# A character of UTF-8 takes at most four bytes.
MAX_FILE_BYTES = 4 * MAX_CHARACTERS

MAX_TITLE = 300
MAX_OUTLET = 200
# In bytes, because PostgreSQL's index takes no more than some 2,700 of them.
MAX_URL = 2000

# An article older than this is more often a mistyped year than something to be checked.
EARLIEST = date(1990, 1, 1)
