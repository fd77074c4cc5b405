"""The tables of webhooks that were seen, in SQLite; times are whole microseconds since 1970, UTC."""

from twilio_sms.errors import WebhookStoreError
from twilio_sms.stores.sqlite_file import FileKind

WEBHOOKS_FILE = FileKind(
    name="file of webhooks",
    application_id=0x54535748,  # "TSWH"
    version=1,
    error=WebhookStoreError,
    is_folded=False,  # two commits for each webhook: nobody waits for more
    schema="""
        CREATE TABLE leases (
            key TEXT PRIMARY KEY,
            until_us INTEGER NOT NULL,
            answer TEXT,
            claimed_us INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX leases_by_age ON leases (claimed_us);
        CREATE TABLE tracks (
            message_sid TEXT PRIMARY KEY,
            track TEXT NOT NULL,
            touched_us INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX tracks_by_age ON tracks (touched_us);
    """,
)
