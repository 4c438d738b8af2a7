"""Claims of an invented town, for the index to find."""

from claims.similarity.entries import Entry

BRIDGE = "The bridge over the Vareno will open to traffic on 3 May."
BRIDGE_AR = "سيُفتح الجسر فوق نهر فارينو أمام حركة المرور في الثالث من مايو."
BRIDGE_TR = "Vareno üzerindeki köprü 3 Mayıs'ta trafiğe açılacak."

TOWN = (
    Entry(1, "en", BRIDGE),
    Entry(2, "ar", BRIDGE_AR),
    Entry(3, "tr", BRIDGE_TR),
    Entry(4, "en", "Free lunches will be served in all schools of Marsenli from Monday."),
    Entry(5, "ar", "أعلنت بلدية مرسنلي خفض سعر الخبز إلى النصف."),
    Entry(6, "tr", "Marsenli belediyesi park yerlerini ücretsiz yaptı."),
    Entry(7, "en", "A fire at the paint factory in Oldmere killed four workers."),
)


def many(count: int, first: int = 1_000) -> list[Entry]:
    """Claims that nobody looks for."""
    return [
        Entry(first + at, "en", f"Shop number {at} in Oldmere sold {at * 7} lamps last week.")
        for at in range(count)
    ]
