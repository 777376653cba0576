"""What every installation shares. Modules beside this one say where the environment comes from."""

from pathlib import Path
from typing import Any

from jixiao.foundation.errors import ConfigurationError, StandardsError, UnknownCode
from jixiao.lifecycle.journey import journey_of
from jixiao.web.config.database import database
from jixiao.web.config.env import Environment

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'"
)
LOCALE = Path(__file__).parents[2] / "locale"
_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_q",
    "jixiao.web.config",
    "jixiao.web.ui",
    "jixiao.web.accounts",
    "jixiao.web.agencies",
    "jixiao.web.filings",
    "jixiao.web.workflow",
    "jixiao.web.desk",
    "jixiao.web.api",
]
_MIDDLEWARE = [
    "jixiao.web.config.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jixiao.web.config.language.ChosenLanguage",
    "jixiao.web.config.null_addresses.NullAddresses",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "jixiao.web.config.session_limits.SessionLimits",
    "jixiao.web.config.account_duties.AccountDuties",
    "axes.middleware.AxesMiddleware",
]


def settings_for(env: Environment) -> dict[str, Any]:
    """All settings of an installation with this environment."""
    parts = (_program, _signing_in, _transport, _files, _words, _work)
    return {name: value for part in parts for name, value in part(env).items()}


def _journey(name: str) -> str:
    """The name, once its file is known to be sound."""
    try:
        journey_of(name)
    except (UnknownCode, StandardsError) as error:
        raise ConfigurationError((f"JIXIAO_JOURNEY：{error}",)) from error
    return name


def _program(env: Environment) -> dict[str, Any]:
    """What runs: apps, pages, database."""
    return {
        "SECRET_KEY": env.secret_key,
        "DEBUG": False,
        "DEMO": env.demo,
        "PRODUCTION": env.production,
        "DATA": env.data,
        "SHELF": env.data / "shelf",
        "JOURNEY": _journey(env.journey),
        "ALLOWED_HOSTS": list(env.hosts),
        "DATABASES": {"default": database(env.database_url)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": _APPS,
        "MIDDLEWARE": _MIDDLEWARE,
        "ROOT_URLCONF": "jixiao.web.config.urls",
        "WSGI_APPLICATION": "jixiao.web.config.wsgi.application",
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "jixiao.web.desk.context.frame",
                    ]
                },
            }
        ],
    }


def _signing_in(env: Environment) -> dict[str, Any]:
    """Accounts, passwords, sessions."""
    return {
        "AUTH_USER_MODEL": "accounts.User",
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "django.contrib.auth.backends.ModelBackend",
        ],
        "PASSWORD_HASHERS": [
            "jixiao.web.accounts.passwords.Argon2",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": "jixiao.web.accounts.passwords.LengthAndClasses"},
            {"NAME": "jixiao.web.accounts.passwords.NotUsedBefore"},
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        ],
        "LOGIN_URL": "sign-in",
        "LOGIN_REDIRECT_URL": "inbox",
        "LOGOUT_REDIRECT_URL": "sign-in",
        # One clerk behind a county's single address must not lock out all the others.
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_FAILURE_LIMIT": 5,
        "AXES_COOLOFF_TIME": 0.25,
        "AXES_VERBOSE": False,
        "AXES_LOCKOUT_CALLABLE": "jixiao.web.accounts.lockout.locked_out",
        "AXES_CLIENT_IP_CALLABLE": "jixiao.web.accounts.address.client_address",
        "AXES_RESET_ON_SUCCESS": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": env.secure,
        "CSRF_COOKIE_SECURE": env.secure,
        "CSRF_FAILURE_VIEW": "jixiao.web.desk.views.trouble.stale_page",
        "SESSION_COOKIE_AGE": 8 * 3600,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_IDLE_SECONDS": 2 * 3600,
        "SESSION_ABSOLUTE_SECONDS": 10 * 3600,
        "SECOND_FACTOR_REQUIRED": env.second_factor,
        "OIDC": env.oidc,
    }


def _transport(env: Environment) -> dict[str, Any]:
    """What browsers are told of safety."""
    return {
        "SECURE_SSL_REDIRECT": False,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if env.secure else None,
        "SECURE_HSTS_SECONDS": 31_536_000 if env.secure else 0,
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "SILENCED_SYSTEM_CHECKS": [
            "security.W002",  # the content policy says frame-ancestors 'none'
            "security.W005",  # sub-domains of a county's portal are not ours to decide about
            "security.W008",  # the proxy in front redirects to https
            "security.W021",  # nor is a browser's preload list
        ],
    }


def _files(env: Environment) -> dict[str, Any]:
    """Static files and uploads."""
    return {
        "STATIC_URL": "/static/",
        "STORAGES": {
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": str(env.data / "uploads")},
            },
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        "WHITENOISE_USE_FINDERS": True,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 8 * 1024 * 1024,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 2 * 1024 * 1024,
        "LARGEST_UPLOAD": 50 * 1024 * 1024,
        # A department's folder arrives in one request; each file has its name within it besides.
        "DATA_UPLOAD_MAX_NUMBER_FILES": 500,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 2000,
    }


def _words(env: Environment) -> dict[str, Any]:
    """Language and time."""
    return {
        "LANGUAGE_CODE": "zh-hans",
        "LANGUAGE_COOKIE_AGE": 365 * 86_400,
        "LANGUAGE_COOKIE_HTTPONLY": True,
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "LANGUAGE_COOKIE_SECURE": env.secure,
        "LOCALE_PATHS": [str(LOCALE)],
        "LANGUAGES": [("zh-hans", "简体中文"), ("en", "English")],
        "USE_I18N": True,
        "USE_TZ": True,
        "TIME_ZONE": "Asia/Shanghai",
    }


def _work(env: Environment) -> dict[str, Any]:
    """Background work, programs from outside, the log."""
    return {
        "API_REQUESTS_A_MINUTE": 600,
        "WEBHOOK_HOSTS": env.webhook_hosts,
        "Q_CLUSTER": {
            "name": "jixiao",
            "orm": "default",
            "workers": 1,
            "timeout": 600,
            "retry": 660,
            "max_attempts": 3,
            "ack_failures": True,
            "poll": 0.5,
            "save_limit": 2000,
            "catch_up": False,
            "label": "jixiao",
        },
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {"console": {"class": "logging.StreamHandler"}},
            "root": {"handlers": ["console"], "level": "WARNING"},
        },
    }
