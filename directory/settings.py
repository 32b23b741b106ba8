"""Settings of the whole project. What comes from outside is read by `directory.environment`."""

import os
from pathlib import Path
from typing import Any

import pghistory

from directory.environment import WrongSetting, read_environment
from directory.localpostgres import LocalPostgresError, LocalServer
from directory.localpostgres.roles import OWNER_ROLE, WEB_ROLE
from directory.postgresql.url import DatabaseUrl

PROJECT = Path(__file__).resolve().parent.parent

try:
    ENV = read_environment(variables=os.environ, project=PROJECT)
    LOCAL_SERVER = (
        None
        if ENV.database
        else LocalServer(state_dir=ENV.state_dir, postgres_bin=ENV.postgres_bin)
    )
except (WrongSetting, LocalPostgresError) as refusal:
    # Not an exception of Django's: whatever is being started, this sentence is all it prints.
    raise SystemExit(str(refusal)) from None

IS_PRODUCTION = ENV.is_production
DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = ENV.secret_key_fallbacks
PUBLIC_URL = ENV.public_url
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = [ENV.public_url]

ROOT_URLCONF = "directory.urls"
WSGI_APPLICATION = "directory.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "directory",
    "accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.idp.oidc",
    "rest_framework",
    "django_filters",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "directory.web.headers.BrowserPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "directory.web.acting.ActingMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.NoStoreMiddleware",
    "accounts.middleware.BudgetMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "directory.web.second_factor.SecondFactorMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "directory.web.curate.header.curating",
            ],
        },
    },
]


def _database(url: DatabaseUrl) -> dict[str, Any]:
    return {
        "ENGINE": "directory.postgresql",
        "NAME": url.name,
        "USER": url.user,
        "PASSWORD": url.password,
        "HOST": url.host,
        "PORT": url.port,
        "OPTIONS": {
            "application_name": "civil-directory",
            "connect_timeout": "10",
            **url.options,
        },
    }


def _local_database(server: LocalServer, role: str) -> dict[str, Any]:
    values = server.connection_values(role=role)
    return {
        "ENGINE": "directory.localpostgres",
        "NAME": values["dbname"],
        "USER": values["user"],
        "HOST": values["host"],
        "PORT": values["port"],
        "OPTIONS": {"application_name": "civil-directory"},
    }


# `default` serves and owns nothing; `owner` migrates, and creates and empties test databases.
if ENV.database and ENV.database_owner:
    DATABASES = {
        "default": _database(ENV.database),
        "owner": _database(ENV.database_owner),
    }
elif LOCAL_SERVER:
    DATABASES = {
        "default": _local_database(LOCAL_SERVER, WEB_ROLE),
        "owner": _local_database(LOCAL_SERVER, OWNER_ROLE),
    }
DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
DATABASES["default"]["CONN_MAX_AGE"] = 60 if IS_PRODUCTION else 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["directory.sign_in.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
#: Whose addresses are sent a code: these domains and their sub-domains.
SIGN_IN_DOMAINS = ENV.sign_in_domains
#: And these, one by one: of externals.
SIGN_IN_ADDRESSES = ENV.sign_in_addresses
ACCOUNT_ADAPTER = "directory.sign_in.SignInAdapter"
ACCOUNT_FORMS = {"request_login_code": "accounts.forms.RequestLoginCodeForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# The code itself proves the address; to one that may not sign in, nothing is sent at all.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Whoever's second factor is added or taken away is told by e-mail.
ACCOUNT_EMAIL_NOTIFICATIONS = True
#: How long somebody who confirmed that it is them need not do so again.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300

#: Whether whoever curates needs a passkey or an authenticator app.
REQUIRE_SECOND_FACTOR = ENV.require_second_factor
MFA_ADAPTER = "accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Browsers know passkeys over TLS alone, but on the machine itself.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_PRODUCTION
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Civil Directory"
# A code typed as it changes is right as well.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.second_factor_forms.DesignedAuthenticateForm",
    "reauthenticate": "accounts.second_factor_forms.DesignedReauthenticateForm",
    "activate_totp": "accounts.second_factor_forms.DesignedActivateForm",
    "add_webauthn": "accounts.second_factor_forms.DesignedAddForm",
    "edit_webauthn": "accounts.second_factor_forms.DesignedEditForm",
}

SOCIALACCOUNT_ADAPTER = "accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "government",
                "name": sign_on.name,
                "client_id": sign_on.client_id,
                "secret": sign_on.client_secret,
                "settings": {"server_url": sign_on.issuer},
            }
            for sign_on in [ENV.single_sign_on]
            if sign_on
        ],
    }
}

# Machines exchange their tokens for some that last for minutes; nobody has a password to hash.
PASSWORD_HASHERS = ["accounts.client_credentials.RandomSecretHasher"]
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 600

#: How many pages a person, and how many answers a machine, may ask for in a minute.
PAGES_PER_MINUTE = ENV.pages_per_minute
API_REQUESTS_PER_MINUTE = ENV.api_requests_per_minute

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["directory.api.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["directory.api.authentication.MayRead"],
    "DEFAULT_THROTTLE_CLASSES": ["directory.api.authentication.TokenBudget"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "directory.api.errors.problem_for",
    "URL_FORMAT_OVERRIDE": None,
}
REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Bearer",
    # Safe, 27 November 2026: no secret, each token has its own end.
    "TOKEN_TTL": None,  # nosec B105
    # Safe, 27 November 2026: no secret, how every token begins.
    "TOKEN_PREFIX": "cdir_",  # nosec B105
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Civil Directory",
    "DESCRIPTION": "Officials, teams and organisations of a government, for other systems to read.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "PersonStatus": "directory.visibility.SHOWN_STATUSES",
        "LiveOrClosed": "directory.models.structure.Team.Status",
        "AppointmentKind": "directory.models.people.Appointment.Kind",
        "ExpertiseLevel": "directory.models.expertise.Expertise.Level",
        "DeliveryKind": "directory.api.feed_serializers.KINDS",
        "SubjectKind": "directory.api.feed_serializers.SUBJECTS",
        "DeliveryChannel": "directory.models.runs.FeedRun.Channel",
        "RunState": "directory.models.runs.FeedRun.State",
        "SourceOrigin": "directory.models.sources.SourceRecord.Origin",
    },
}

#: Files of runs that are not carried out yet, or held; each goes once its last part is settled.
DELIVERIES_DIR = ENV.state_dir / "deliveries"
INBOX_DIR = ENV.inbox_dir
#: Where the heads of the audit's chains are written down, outside the database.
AUDIT_HEADS_FILE = ENV.audit_heads_file
MAX_DELIVERY_BYTES = ENV.max_delivery_bytes
WORKER_CONCURRENCY = ENV.worker_concurrency
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["directory.sync.tasks"]
#: Files that somebody tries a mapping on, or has not confirmed yet; each goes by itself.
SAMPLES_DIR = ENV.state_dir / "samples"

# Events are looked up by their object and context; indexes and checks on each of their other
# columns would cost a bulk run as much as the events themselves.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False, db_constraint=False)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(null=True, db_constraint=False)
PGHISTORY_MIDDLEWARE_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

STATIC_URL = "/static/"
STATIC_ROOT = ENV.static_dir
#: Where the stylesheet and scripts of the design system are built, see `directory.assets`.
ASSETS_DIR = PROJECT / ".assets" / "static"
STATICFILES_DIRS = [PROJECT / "static", ASSETS_DIR]
# The first start is what builds them.
# security.W021, 27 November 2026: browsers preload whole registered domains, and only their owner
# may say so for all that is below; the header of one service cannot.
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004", "security.W021"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Outside production files are served from where they are written, without collectstatic.
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
WHITENOISE_AUTOREFRESH = not IS_PRODUCTION

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SECURE = IS_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
# Behind a proxy that ends TLS, gunicorn tells by its X-Forwarded-Proto; probes ask without TLS.
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

DEFAULT_FROM_EMAIL = ENV.mail_from
SERVER_EMAIL = ENV.mail_from
EMAIL_TIMEOUT = 20
NOTICE_DIGEST_MINUTES = ENV.notice_digest_minutes
SEARCH_DIGEST_HOUR = ENV.search_digest_hour
if ENV.mail:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = ENV.mail.host
    EMAIL_PORT = ENV.mail.port
    EMAIL_HOST_USER = ENV.mail.user
    EMAIL_HOST_PASSWORD = ENV.mail.password
    EMAIL_USE_SSL = ENV.mail.use_tls
    EMAIL_USE_TLS = ENV.mail.use_starttls
else:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    "loggers": {
        "django": {"handlers": [], "level": ENV.log_level, "propagate": True},
        # It tells of each of its own jobs, several a minute; the worker says what came of runs.
        "procrastinate": {"level": "WARNING"},
    },
}
