"""Whether a filing was sent back to its unit: a sign in lists, and a narrowing of them.

A later version alone does not say so: a unit that takes back what it handed in opens one as well.
What was said at a return stands among the opinions, which are kept further up; here they are only
reached by their name. Most filings are in their first version, for which nothing is looked up.
"""

from django.db.models import Case, Exists, OuterRef, Value, When

from jixiao.lifecycle.journey import RETURN
from jixiao.web.filings.models import Filing

_SENT_BACK = Filing.objects.filter(pk=OuterRef("pk"), opinions__action=RETURN).order_by()
WAS_RETURNED = Case(When(number__gt=1, then=Exists(_SENT_BACK)), default=Value(False))
