"""The API as a whole: its routers, its way of answering, its description."""

from ninja import NinjaAPI

from jixiao.foundation.version import VERSION
from jixiao.web.api import problems
from jixiao.web.api.answers import JsonParser, JsonRenderer
from jixiao.web.api.operations import (
    audits,
    boards,
    comments,
    contents,
    control,
    documents,
    drafts,
    helping,
    jobs,
    loans,
    log,
    own,
    people,
    places,
    read_forms,
    reviews,
    rosters,
    steps,
    views,
    webhooks,
    windows,
)

_ROOMS = (
    *(own, views, drafts, contents, helping, steps, comments, reviews, documents, read_forms),
    *(audits, jobs, boards, windows, control, places, rosters, people, loans, log, webhooks),
)

_ABOUT = """绩效目标管理系统的接口。凡页面上能办的事，程序也能办，权限与令牌所属的人相同。

* **令牌**：在“接口令牌”页面建立，放在 `Authorization: Bearer jx_…` 里；范围为 read（查询）、
  write（填报和上传）、act（办理）、admin（管理）。已登录的页面也可以调用，写操作需带 CSRF 令牌。
* **重复提交**：POST 带 `Idempotency-Key`，同一内容重发只办一次，回答相同（一天之内）。
* **出错**：一律是 `{"code", "message", "details"}`；不在本人范围内的一律是 404；不认识的条件 422，
  内容类型不对 415，太大 413，太频繁 429、暂时不能办理 503（都带 `Retry-After`）。
* **语言**：`Accept-Language: en` 时提示和标签用英文；记录、姓名、名称保持原样。
* **翻页**：`next` 原样作为下一页的 `cursor`；为 null 时没有下一页。翻页时新来的不会重复或遗漏别的。
* **同时修改**：保存草稿带上读到的 `lock_version`；别人先保存了就是 409，双方内容都在回答里。
* **版本标记**：一张申报及其内容、表样、校核结果带 `ETag`；再取时带 `If-None-Match`，没有变化就是
  304。办理、保存等写操作带 `If-Match`，与读到的不同就是 412，不写入；
  这时可以不写 `lock_version`。
* **金额**：十进制文字，单位为元；时间为带时区的 ISO 8601。
* **推送**：状态变化以 POST 推送到登记的地址，`X-Jixiao-Signature: t=秒,v1=十六进制`，
  是“秒.正文”用该地址的密钥算出的 HMAC-SHA256；`X-Jixiao-Delivery` 相同的是同一次推送；
  没有送到的隔一段时间再送，见推送记录。
"""


def build() -> NinjaAPI:
    """The API with everything in place."""
    made = NinjaAPI(
        title="绩效目标管理接口",
        version=VERSION,
        description=_ABOUT,
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
        renderer=JsonRenderer(),
        parser=JsonParser(),
    )
    problems.install(made)
    for room in _ROOMS:
        made.add_router("v1", room.router)
    return made


API = build()
