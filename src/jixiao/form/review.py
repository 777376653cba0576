"""What a reviewer says of a target: the items of an official review sheet and the conclusion."""

from decimal import Decimal

from msgspec import Struct

from jixiao.form.entry import Entry


class ReviewItem(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One line of a review sheet (项目支出绩效目标审核表).

    `aspect` is the block it stands under (完整性 …), `item` its name, `question` what is to be
    asked. `grade` is 优, 良, 中 or 差 as written, `points` the most a line can get, `score` what
    it got. `value` of `grade` is None while the boxes are not ticked.
    """

    item: Entry[str]
    aspect: Entry[str] | None = None
    question: Entry[str] | None = None
    points: Entry[Decimal] | None = None
    grade: Entry[str] | None = None
    score: Entry[Decimal] | None = None
    opinion: Entry[str] | None = None


class Review(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A review sheet: its items, then grade, points and opinion as a whole."""

    items: tuple[ReviewItem, ...] = ()
    grade: Entry[str] | None = None
    total: Entry[Decimal] | None = None
    opinion: Entry[str] | None = None
