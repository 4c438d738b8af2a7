"""Has anyone checked this? A claim against all earlier ones, in any of the languages.

``embedding`` and ``wording`` make of a text what is compared, ``index`` finds the best 300 among a
million, ``ranking`` fuses the signals to one score. A score says how likely it is the same matter;
it never says that two claims agree: no embedding tells a claim from its negation.
"""
