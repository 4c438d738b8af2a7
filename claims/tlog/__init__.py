"""The mathematics of the verdict log: a tiled transparency log.

Follows RFC 6962 (section 2.1, the Merkle tree, with SHA-256) and the C2SP specifications
tlog-tiles, tlog-checkpoint and signed-note. Everything here is a function of its arguments; where
the hashes, headers and bodies are kept is the caller's business.
"""
