"""Cut a text without gaps into words of a class, or say that it cannot be done.

A regular expression with nested alternatives would try exponentially many cuts on hostile input;
this looks at each position once.
"""


def word_chain(text: str, words: frozenset[str], longest: int) -> tuple[str, ...] | None:
    """The words the text is made of, long words preferred; None where a part is not known.

    `longest` is the length of the longest word of the class.
    """
    size = len(text)
    step: list[int] = [0] * size
    for start in range(size - 1, -1, -1):
        for length in range(min(longest, size - start), 0, -1):
            end = start + length
            reaches = end == size or step[end] > 0
            if reaches and text[start:end] in words:
                step[start] = length
                break
    if not size or not step[0]:
        return None
    found: list[str] = []
    position = 0
    while position < size:
        found.append(text[position : position + step[position]])
        position += step[position]
    return tuple(found)
