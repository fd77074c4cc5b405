"""The tables of an opt-out list in SQLite.

A number lies on one of about a million shelves, and for each shelf it is written down how many events lie there. So
the answer "nothing is known of this number" can be proven: damage that hides a row leaves a shelf with fewer rows than
it should have.
"""

from twilio_sms.errors import OptOutUnknownError
from twilio_sms.stores.sqlite_file import FileKind

OPT_OUT_FILE = FileKind(
    name="opt-out list",
    application_id=0x54534F4F,  # "TSOO"
    version=1,
    error=OptOutUnknownError,
    schema="""
        CREATE TABLE events (
            row INTEGER PRIMARY KEY,
            shelf INTEGER NOT NULL,
            previous TEXT NOT NULL,
            digest TEXT NOT NULL,
            number TEXT NOT NULL,
            scope TEXT NOT NULL,
            conversation TEXT,
            state TEXT NOT NULL,
            source TEXT NOT NULL,
            evidence TEXT,
            event_time TEXT NOT NULL,
            received_time TEXT NOT NULL,
            actor TEXT,
            note TEXT
        );
        CREATE INDEX events_by_shelf ON events (shelf);
        CREATE TRIGGER no_event_changes BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events stay'); END;
        CREATE TRIGGER no_event_goes BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events stay'); END;
        CREATE TABLE shelves (shelf INTEGER PRIMARY KEY, events INTEGER NOT NULL);
        CREATE TABLE reviews (
            sid TEXT PRIMARY KEY,
            number TEXT NOT NULL,
            recipient TEXT NOT NULL,
            body TEXT NOT NULL,
            reason TEXT NOT NULL,
            received_time TEXT NOT NULL,
            service TEXT,
            settled_time TEXT,
            actor TEXT,
            note TEXT
        );
    """,
)
