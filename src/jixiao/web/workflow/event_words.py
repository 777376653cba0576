"""What each kind of event is called in the log; a kind without words is a fault a test finds."""

EVENT_LABELS = {
    "filing.begun": "新建申报",
    "filing.saved": "保存草稿",
    "filing.submitted": "提交",
    "filing.passed": "审核通过",
    "filing.returned": "退回修改",
    "filing.cancelled": "撤回",
    "filing.withdrawn": "撤销申报",
    "filing.approved": "批复",
    "filing.issued": "下达",
    "filing.refused": "不予安排",
    "review.saved": "保存审核表",
    "review.exported": "导出审核表",
    "view.saved": "保存查询条件",
    "view.removed": "删除查询条件",
    "files.received": "上传文件",
    "document.read": "读取文件",
    "archive.unpacked": "解开压缩包",
    "job.started": "开始后台任务",
    "job.retried": "重试后台任务",
    "job.failed": "后台任务失败",
    "agency.created": "增加机构",
    "agency.changed": "修改机构",
    "account.created": "开通账号",
    "account.password_reset": "重置口令",
    "account.factor_reset": "解除动态口令",
    "account.switched": "启用或停用账号",
    "account.signed_in": "登录",
    "account.signed_out": "退出",
    "account.locked_out": "登录被锁定",
    "account.password_changed": "修改口令",
    "account.factor_set_up": "启用动态口令",
    "account.codes_renewed": "更换备用码",
    "role.granted": "授予角色",
    "role.ended": "收回角色",
    "role.delegated": "委托角色",
    "log.exported": "导出日志",
    "log.verified": "核验日志",
}

#: Words for the names of what an event carries.
PAYLOAD_LABELS = {
    "username": "登录名",
    "name": "名称",
    "code": "编码",
    "kind": "类别",
    "role": "角色",
    "from": "自",
    "until": "至",
    "on": "最后一天",
    "to": "受托人",
    "address": "地址",
    "how": "方式",
    "is_active": "启用",
    "before": "修改前",
    "after": "修改后",
    "revision": "版本",
    "hash": "内容校验值",
    "action": "办理",
    "events": "条数",
    "breaks": "不完整处",
}


def event_label(code: str) -> str:
    """The words for a kind of event; the code itself where there are none."""
    return EVENT_LABELS.get(code, code)
