"""Rows for every screen of the desk, left in a running demo desk by the pipeline itself.

`python -m tests.browser.every_state` in the desk's environment prints the ids as JSON, by the names
that tests/browser/screens.py fills into addresses. The worker must stand still meanwhile.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import Any

import django

ALL_ROLES = ("Editor", "Reviewer", "Publisher", "Administrator")
# At the desk for this walk: `walker` may do everything and has touched nothing, so that every door
# is open and the four eyes stand in no way; `guarded` is asked for a code.
WALKER, GUARDED = "walker", "guarded"


def make() -> dict[str, Any]:
    from django.contrib.auth.models import User
    from django.utils import timezone

    from claims.models import Article, Claim, ClusterMember, Delivery, Evidence, ImportedCheck, Rule
    from claims.pipeline import (
        collecting,
        correcting,
        corresponding,
        delivering,
        discussing,
        evidence,
        matching,
        publishing,
        review,
        saved_filters,
        sorting,
        together,
    )
    from tests import cast
    from tests.admin.factors import SECRET
    from tests.admin.test_feed_pages import collected
    from tests.pipeline import matched, translated
    from tests.pipeline.copies import ADDRESS, QUOTE, article, pages

    editor = User.objects.get(username="editor")
    reviewer = User.objects.get(username="reviewer")
    publisher = User.objects.get(username="publisher")
    boss = User.objects.get(username="administrator")
    walker = cast.person(WALKER, *ALL_ROLES, first_name="سلمى", last_name="Güneş")
    second = cast.person("second", "Editor")
    third = cast.person("third", "Reviewer")
    guarded = cast.person(GUARDED, "Editor")
    ids: dict[str, Any] = {"person_id": second.pk, "guarded": guarded.pk, "one": 1}

    def article_of(words: str) -> Any:
        text = cast.TEXT.replace("صوفيا", words)
        return cast.make_article(text, url=f"https://marfa.example/{words}")

    def claim_of(words: str, denial: str | None = cast.DENIAL) -> Claim:
        return cast.make_claim(
            article_of(words), text=cast.STATEMENT.replace("صوفيا", words), denial=denial
        )

    # A claim in every state, each in an article of its own.
    made: dict[str, Claim] = {}
    for words, name in (("بيروت", "found"), ("أنقرة", "queued"), ("إزمير", "waiting")):
        made[name] = claim_of(words)
    review.accept(claim=made["queued"], actor=editor)
    review.accept(claim=made["waiting"], actor=editor)
    review.start(claim=made["waiting"], actor=editor)
    tomorrow = timezone.localdate() + timedelta(days=1)
    review.wait(claim=made["waiting"], actor=editor, until=tomorrow, reason="ننتظر الجدول.")
    made["dismissed"] = claim_of("عمّان")
    review.dismiss(claim=made["dismissed"], actor=editor, reason="رأي")
    made["researching"] = cast.researched_claim(editor, claim_of("الرياض"))
    made["in_review"] = cast.proposed_claim(editor, claim_of("تونس"), rating="misleading")
    made["approved"] = cast.approved_claim(editor, reviewer, claim_of("بغداد"), rating="true")
    made["timed"] = cast.approved_claim(editor, reviewer, claim_of("مسقط"), rating="satire")
    at = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    publishing.schedule(claim=made["timed"], actor=publisher, at=at, embargo="حتى المؤتمر")

    def public(words: str, **fields: str) -> Any:
        return cast.published_claim(editor, reviewer, publisher, claim_of(words), **fields)

    first = public("الرباط", rating="mostly-true")
    made["published"] = first.claim
    made["retracted"] = public("الخرطوم").claim
    publishing.retract(claim=made["retracted"], actor=publisher, reason="السجل يخص معبرًا آخر.")
    made["correcting"] = public("المنامة", rating="unverifiable").claim
    publishing.correct(
        claim=made["correcting"], actor=publisher, kind="correction", reason="رقم آخر."
    )
    # Proposed under the blind policy: one that the walker has yet to rate, one that is open to them.
    cast.set_policy(blind_rating=True, quorum=2)
    made["blind"] = cast.proposed_claim(editor, claim_of("الدوحة"))
    made["rated"] = cast.proposed_claim(editor, claim_of("دمشق"))
    review.rate_blind(claim=made["rated"], actor=walker, version=1, rating="misleading")
    made["sent_back"] = cast.proposed_claim(editor, claim_of("حلب"))
    review.rate_blind(claim=made["sent_back"], actor=third, version=1, rating="false")
    review.send_back(
        claim=made["sent_back"], actor=third, version=1, reason="اذكر اليوم.",
        points=review.STANDARDS[:1], passages=("summary", "evidence 1"),
    )  # fmt: skip
    cast.set_policy(blind_rating=False, quorum=1)

    # What is written around a claim.
    claim = made["researching"]
    comment = discussing.comment(claim=claim, actor=reviewer, text="هل سألتم @editor الوزارة؟")
    discussing.comment(claim=claim, actor=editor, text="نعم.", parent=comment)
    settled = discussing.comment(claim=claim, actor=editor, text="انتهى.")
    discussing.resolve(comment=settled, actor=reviewer)
    ids["comment_id"] = comment.pk
    ids["contact_id"] = corresponding.ask(
        claim=claim, actor=editor, kind="reply", whom="الوزارة", question="متى اللقاء؟"
    ).pk
    link, secret = discussing.share(claim=claim, actor=editor, name="Dr. Şule Ö.")
    gone, old_secret = discussing.share(claim=claim, actor=editor, name="أستاذ آخر")
    discussing.revoke(link=gone, actor=editor)
    ids |= {"link_id": link.pk, "secret": secret, "old_secret": old_secret}
    together.keep(
        claim=claim, person=walker, form="verdict", fields={"summary": "لم أحفظ هذا."}, base=0,
        window="w", turn=1,
    )  # fmt: skip
    ids["piece_id"] = claim.evidence.order_by("pk").values_list("pk", flat=True)[0]
    with pages() as web:
        web.put(article())
        kept = review.add_evidence(
            claim=claim, actor=editor, url=ADDRESS, title="Notice", publisher="Ministry",
            quote=QUOTE, quote_language="en", relation="supports", primary=True,
            independence_group="g3",
        )  # fmt: skip
        while evidence.copy_due():
            pass
        kept = Evidence.objects.get(pk=kept.pk)
        web.put(article(second="It will not take place before the winter, the ministry says now."))
        evidence.look_again(snapshot=kept.snapshot, actor=editor)
        evidence.check_due()
    ids["copied_id"] = kept.pk

    # The public's side: complaints, translations at every stage, a further appearance.
    complaint, _why = corresponding.receive(publication=first, text="الرقم خطأ.", name="قارئة")
    ids["complaint_id"] = complaint.pk
    done, _why = corresponding.receive(publication=first, text="التاريخ خطأ.")
    corresponding.answer(
        complaint=done, actor=publisher, revision=0, upheld=False, text="التاريخ صحيح."
    )
    translated.write(made["published"], second, "en")
    translated.publish(made["published"], second, reviewer, publisher, "tr")
    other = public("الجزائر")
    made["other"] = other.claim
    translated.propose(made["other"], second, "tr")
    waiting = translated.propose(made["other"], second, "en")
    translated.approve(waiting, reviewer)

    again = matched.repeated(2)
    ids["match_id"], made["again"] = matched.suggested(again, made["published"]).pk, again
    denied = matched.suggested(matched.repeated(3, denied=True), made["found"], "contradicts", 0.71)
    matching.reject(match=denied, actor=editor)
    seen = matched.repeated(4)
    same = matching.confirm(match=matched.suggested(seen, other.claim), actor=editor)
    made["member"], ids["confirmed_id"] = seen, same.pk
    member = ClusterMember.objects.filter(claim=seen).first()
    if member is not None:
        ids["listed_id"] = matching.list_appearance(member=member, actor=publisher).pk
        ids["member_id"] = member.pk
    ids["check_id"] = ImportedCheck.objects.create(
        publisher="Elsewhere", url="https://elsewhere.example/1", claim="something like it",
        claim_sha256="0" * 64, rating="Pants on fire", language="en", folded="",
    ).pk  # fmt: skip

    # Articles: two claims merged, one that could not be split, one whose page has a newer version.
    ids["waiting_article"] = cast.make_article(
        "نص آخر ينتظر.", split=False, url="https://a.example/1"
    ).pk
    failed = cast.make_article("نص لم يقسم.", split=False, url="https://a.example/2")
    Article.objects.filter(pk=failed.pk).update(split_state="failed", split_error="no sentence")
    ids["failed_article"] = failed.pk
    older = made["found"].article
    newer = cast.make_article(older.text.replace("1200", "900"), url="https://marfa.example/بيروت")
    Article.objects.filter(pk=newer.pk).update(supersedes=older)
    ids["newer_article"] = newer.pk
    twin = cast.make_claim(older, text="عدد العائدين بلغ 1200 شخص", claimant="الوزارة")
    correcting.merge(claim=twin, into=made["found"], actor=editor)
    made["merged"] = twin

    # Rules, filters, feeds, webhooks, people.
    rule = Rule(name="صوفيا", words="صوفيا", priority=3)
    ids["rule_id"] = sorting.save_rule(rule=rule, notify=(editor,), actor=reviewer).pk
    ids["filter_id"] = saved_filters.save_filter(actor=walker, name="لي", query="view=all").pk
    ids["feed_id"] = collecting.add(
        url="https://marfa.example/feed", outlet="المرفأ", language="ar", takes_in=False,
        every_minutes=60, actor=boss,
    ).pk  # fmt: skip
    ids["item_id"] = collected("خبر مجموع").pk
    hook, _secret = delivering.add(name="صحيفة", url="https://hooks.example/1", actor=boss)
    ids["webhook_id"] = hook.pk
    ids["delivery_id"] = delivering.try_it(webhook=hook, actor=boss).pk
    Delivery.objects.filter(pk=ids["delivery_id"]).update(
        state="gave_up", status=500, reason="It failed.", attempts=10, ended_at=timezone.now()
    )
    _factor(guarded, SECRET)

    ids |= {f"{name}_claim": claim.pk for name, claim in made.items()}
    ids["claim_id"] = claim.pk
    ids["article_id"] = made["researching"].article_id
    ids["version_id"] = made["published"].versions.order_by("pk").values_list("pk", flat=True)[0]
    ids["appearance_id"] = made["researching"].article.appearances.get().pk
    ids["outlet_id"] = made["researching"].article.appearances.get().outlet_id
    speakers = [position.claimant_id for position in claim.positions.exclude(claimant=None)]
    ids["claimant_id"] = speakers[0]
    ids["other_id"] = again.positions.exclude(claimant=None)[0].claimant_id
    ids["number"] = first.verdict_number
    ids["retracted_number"] = made["retracted"].publications.first().verdict_number
    return ids


def _factor(user: Any, secret: str) -> None:
    import pyotp

    from claims.pipeline.signing_in import factors

    factors.confirm(user=user, secret=secret, code=pyotp.TOTP(secret).now())


if __name__ == "__main__":
    django.setup()
    json.dump(make(), sys.stdout)
