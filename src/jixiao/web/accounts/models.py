"""A person who signs in. What somebody may do comes from the roles held, never from here."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager["User"]):
    """Makes people; there is no superuser, by design (三员分立)."""

    def create_user(self, *, username: str, full_name: str, password: str | None) -> "User":
        user = self.model(username=username, full_name=full_name)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One account is one person; it is switched off, never removed."""

    username = models.CharField("登录名", max_length=60, unique=True)
    full_name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须修改口令", default=False)
    password_changed_at = models.DateTimeField("口令修改时间", null=True)
    session_key = models.CharField("当前会话", max_length=60, blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = "用户"

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name


class PastPassword(models.Model):
    """Hashes of passwords used before, so that the last few are not taken again."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="past_passwords")
    encoded = models.CharField(max_length=200)
    used_until = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "旧口令"

    def __str__(self) -> str:
        return f"{self.user_id} {self.used_until:%Y-%m-%d}"


class ApiToken(models.Model):
    """A key with which a program acts for a person; only its hash is kept.

    `scopes` are words of `jixiao.web.accounts.tokens.SCOPES` parted by blanks; `hint` are the
    first characters, by which people tell their tokens apart.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField("用途", max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    scopes = models.CharField("范围", max_length=60)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    expires_at = models.DateTimeField("到期时间")
    last_used_at = models.DateTimeField("最近使用", null=True)
    revoked_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        verbose_name = "接口令牌"

    def __str__(self) -> str:
        return f"{self.name} {self.hint}…"


class SecondFactor(models.Model):
    """The shared secret of a code generator, sealed; it counts once it was confirmed.

    `last_step` is the half minute of the last code taken, so that no code is taken twice.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    sealed = models.CharField(max_length=300)
    confirmed_at = models.DateTimeField("启用时间", null=True)
    last_step = models.BigIntegerField(default=0)
    failures = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "动态口令"

    def __str__(self) -> str:
        return f"{self.user_id}"


class RecoveryCode(models.Model):
    """A code for the day the telephone is lost; only its hash is kept, and it works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "备用码"

    def __str__(self) -> str:
        return f"{self.user_id}"


class ExternalIdentity(models.Model):
    """Who an account is at the county's single sign-on; bound at the first use."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="external_identity")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "统一身份"
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="one_account_a_subject"),
        )

    def __str__(self) -> str:
        return f"{self.issuer} {self.subject}"
