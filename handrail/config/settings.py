"""Every setting of the product. What an operator may change comes from the environment (see .env.example)."""

from __future__ import annotations

import importlib.util
import os

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from handrail.config.alone import port_of
from handrail.config.databases import default_database
from handrail.config.env import PROGRAM_ENDINGS, ROOT, endings, env, folder, kept_secret, scanner, whole

# Must stand before numpy is loaded: on busy cores two threads that wait for each other over one small product
# made a question ten times as slow.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

DATA = folder("HANDRAIL_DATA", default=ROOT / "data")
PORT = whole("PORT", default=8400)
# A command beside a site that runs names that one's pages, whatever port its shell knows.
SITE_PORT = PORT if "PORT" in os.environ else port_of(DATA / "run") or PORT
BASE_URL = env.str("HANDRAIL_BASE_URL", default=f"http://127.0.0.1:{SITE_PORT}").rstrip("/")
# What was signed or sealed under a former key still holds.
SECRET_KEY_FALLBACKS = env.list("HANDRAIL_SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("HANDRAIL_DEBUG", default=False)
SECRET_KEY = kept_secret("HANDRAIL_SECRET_KEY", DATA / "secrets" / "secret_key")
ALLOWED_HOSTS = env.list("HANDRAIL_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
SECURE = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "handrail.core.events",
    "handrail.core.jobs",
    "handrail.core.files",
    "handrail.workspace",
    "handrail.accounts",
    "handrail.contacts",
    "handrail.channels",
    "handrail.conversations",
    "handrail.knowledge",
    "handrail.answers",
    "handrail.automation",
    "handrail.intake",
    "handrail.insights",
    "handrail.web",
]
# The demo company lives beside the package, so that the wheel does not carry it.
if importlib.util.find_spec("demo"):
    INSTALLED_APPS.append("demo")

MIDDLEWARE = [
    "handrail.web.brands.BrandHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "handrail.web.viewer.ViewerMiddleware",
    "handrail.web.language.DoorLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "handrail.config.urls"
WSGI_APPLICATION = "handrail.config.wsgi.application"

WEB = ROOT / "handrail" / "web"
SURFACES = ("ui", "portal", "desk", "widget", "console", "api", "hooks")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [WEB / surface / "templates" for surface in SURFACES],
        "OPTIONS": {"environment": "handrail.web.ui.jinja.environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "ui" / "library_templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

DATABASES = {"default": default_database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "handrail.core.cache.ForgivingRedis", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

TASKS = {
    "default": {
        "BACKEND": "handrail.core.jobs.backend.LeaseBackend",
        "QUEUES": ["default", "mail", "index", "aside"],
    }
}

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# Who has no account is told nothing by mail: anybody may type anybody's address.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_ADAPTER = "handrail.web.sign_in_adapter.AccountAdapter"
# Wrong passwords are counted by web/guessing.py; here only how often a form may be sent at all, from one address.
ACCOUNT_RATE_LIMITS = {"login_failed": None, "login": "120/m/ip"}
# Addresses are proved by our own links; staff accounts are made by an administrator.
ACCOUNT_EMAIL_VERIFICATION = "none"
# The library's own note of what is proved is never kept up, so that it must not keep anybody from a second step.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "handrail.web.company_sign_on.Adapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
# The company's sign-on for customers (OpenID Connect); its button is shown where an issuer is named.
OIDC_ISSUER = env.str("HANDRAIL_OIDC_ISSUER", default="").rstrip("/")
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "company",
                    "name": env.str("HANDRAIL_OIDC_NAME", default="SSO"),
                    "client_id": env.str("HANDRAIL_OIDC_CLIENT_ID", default=""),
                    "secret": env.str("HANDRAIL_OIDC_SECRET", default=""),
                    "settings": {"server_url": OIDC_ISSUER},
                }
            ]
        }
    }
    if OIDC_ISSUER
    else {}
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
SESSION_ENGINE = "handrail.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "handrail.web.failing.forbidden"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("HANDRAIL_BEHIND_TLS", default=False) else None
)
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# Pages may be served from memory to many people, so no nonce here: own files and nothing inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        # The sign-on begins with a press here and goes on at the company's issuer.
        "form-action": ["'self'", *([OIDC_ISSUER] if OIDC_ISSUER else [])],
        "frame-ancestors": ["'none'"],
    }
}

STATIC_URL = "/static/"
MEDIA_ROOT = folder("HANDRAIL_FILES", default=DATA / "files")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
FILE_SIZE_MAX = whole("HANDRAIL_FILE_BYTES_MAX", default=25 * 1024 * 1024)
# Not taken from customers or colleagues: what runs where it is pressed. Empty: every kind of file is taken.
FILE_ENDINGS_REFUSED = endings("HANDRAIL_FILE_ENDINGS_REFUSED", default=PROGRAM_ENDINGS)
# All that one request may carry: words and files together.
BODY_SIZE_MAX = whole("HANDRAIL_BODY_BYTES_MAX", default=2 * FILE_SIZE_MAX)
# clamd, as unix:/run/clamav/clamd.ctl or tcp://host:3310; where none is named, files are not looked through.
FILE_SCANNER = scanner("HANDRAIL_CLAMD")
FILE_SCAN_SECONDS = whole("HANDRAIL_CLAMD_SECONDS", default=20)

# What core/fetch may reach besides ports 80 and 443 of the open internet.
FETCH_PORTS = [int(port) for port in env.list("HANDRAIL_FETCH_PORTS", default=[])]
# Whether the desk shows which words of a customer say that they are upset; told on the page alone, kept nowhere.
SHOW_UPSET = env.bool("HANDRAIL_SHOW_UPSET", default=True)
# Of so many questions in a hundred that are offered choices the last is an article from further down (answers/exploring.py).
EXPLORE_PERCENT = whole("HANDRAIL_EXPLORE_PERCENT", default=3)
# Whether links in articles to other sites are asked once a week if they are still there.
CHECK_OTHER_SITES = env.bool("HANDRAIL_CHECK_OTHER_SITES", default=False)
FETCH_INTERNAL = env.list("HANDRAIL_FETCH_INTERNAL", default=[])

EMAIL_URL = env.str("EMAIL_URL", default="")
EMAIL_CONFIG = env.email_url_config(EMAIL_URL) if EMAIL_URL else {}
EMAIL_BACKEND = EMAIL_CONFIG.get("EMAIL_BACKEND", "handrail.channels.mail.outbox.EmailBackend")
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = whole("HANDRAIL_SMTP_TIMEOUT_SECONDS", default=20)
EMAIL_FILE_PATH = folder("HANDRAIL_OUTBOX", default=DATA / "outbox")
# Where our listener waits, and the hop in front of it whose Authentication-Results we believe.
MAIL_LISTEN_PORT = whole("HANDRAIL_MAIL_PORT", default=PORT + 1)
MAIL_LISTEN_PROTOCOL = env.str("HANDRAIL_MAIL_PROTOCOL", default="lmtp")
MAIL_TRUSTED_HOP = env.str("HANDRAIL_MAIL_AUTHSERV_ID", default="")
# Name servers asked about the domains we send from, "host" or "host:port"; none: those of the machine.
DNS_SERVERS = env.list("HANDRAIL_DNS", default=[])
MAIL_BYTES_MAX = whole("HANDRAIL_MAIL_BYTES_MAX", default=26_214_400)

# Automatic mails an hour to all addresses together that nobody vouches for.
NEUTRAL_MAILS_AN_HOUR = whole("HANDRAIL_NEUTRAL_MAILS_AN_HOUR", default=200)

# For how many days a deleted conversation can be restored.
DELETED_DAYS = whole("HANDRAIL_DELETED_DAYS", default=30)

# A language model that may say cited passages in other words: any address that speaks OpenAI's /chat/completions.
PHRASING_URL = env.str("HANDRAIL_PHRASING_URL", default="").rstrip("/")
PHRASING_MODEL = env.str("HANDRAIL_PHRASING_MODEL", default="default")
PHRASING_KEY = env.str("HANDRAIL_PHRASING_KEY", default="")
PHRASING_SECONDS = env.float("HANDRAIL_PHRASING_SECONDS", default=4.0)
TRANSLATION_SECONDS = env.float("HANDRAIL_TRANSLATION_SECONDS", default=10.0)

# Vectors of texts from outside: any address that speaks OpenAI's /embeddings, asked beside the built-in encoder.
EMBEDDINGS_URL = env.str("HANDRAIL_EMBEDDINGS_URL", default="").rstrip("/")
EMBEDDINGS_MODEL = env.str("HANDRAIL_EMBEDDINGS_MODEL", default="default")
EMBEDDINGS_KEY = env.str("HANDRAIL_EMBEDDINGS_KEY", default="")
EMBEDDINGS_DIMENSIONS = whole("HANDRAIL_EMBEDDINGS_DIMENSIONS", default=0)
EMBEDDINGS_SECONDS = env.float("HANDRAIL_EMBEDDINGS_SECONDS", default=0.6)
if EMBEDDINGS_URL and not 0 < EMBEDDINGS_DIMENSIONS <= 4096:
    raise ImproperlyConfigured(
        "HANDRAIL_EMBEDDINGS_DIMENSIONS must say how many numbers a vector of the model has, 1 to 4096."
    )

# The model process answers here; without it answers are found by letters and words alone.
MODEL_SOCKET = DATA / "run" / "models.sock"
# Names us to the push services of browsers; another one makes every browser ask anew.
PUSH_SECRET = kept_secret("HANDRAIL_PUSH_SECRET", DATA / "secrets" / "push_secret")
HOST_TOKEN_SECRET = env.str("HANDRAIL_HOST_TOKEN_SECRET", default="")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "handrail.config.logs.Harmless",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "line": {
            "()": "handrail.config.logs.OneLine",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
        "line": {"class": "logging.StreamHandler", "formatter": "line"},
    },
    "loggers": {
        # A stranger's made-up host name is their doing, not a fault of ours to be traced.
        "django.security.DisallowedHost": {"handlers": ["line"], "propagate": False},
        # Django's own handlers write paths as they came; without them all it says goes through ours.
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
