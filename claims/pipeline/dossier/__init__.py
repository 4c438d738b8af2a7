"""One claim's dossier: everything the desk knows of it, as a signed bundle that anybody can check."""

from claims.pipeline.dossier.making import Bundle, Extent, extent, make, may

__all__ = ["Bundle", "Extent", "extent", "make", "may"]
