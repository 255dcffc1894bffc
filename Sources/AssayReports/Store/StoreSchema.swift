/// The tables and views of a results file. Comments stand in the schema itself, where `.schema` of any SQLite shell
/// shows them.
enum StoreSchema {
  /// `PRAGMA application_id`: “ASSY”.
  static let applicationID: Int32 = 0x4153_5359
  /// `PRAGMA user_version`: raised whenever a table changes so that old programs cannot read it.
  static let version: Int32 = 2

  /// One statement each.
  static let tables = [
    """
    CREATE TABLE result ( -- One row: the whole result.
      schema TEXT NOT NULL,  -- version of the document's shape
      document TEXT NOT NULL -- the canonical JSON, as `assay report -o x.json` writes it
    ) STRICT
    """,
    """
    CREATE TABLE input ( -- What was read.
      source INTEGER PRIMARY KEY, -- ordinal: the first half of an event's id
      path TEXT NOT NULL,
      sha256 TEXT NOT NULL,       -- of the file as it lies there; empty for standard input
      bytes INTEGER NOT NULL,
      compression TEXT NOT NULL,
      format TEXT NOT NULL,
      lines INTEGER NOT NULL,     -- = events + ignored + unreadable
      events INTEGER NOT NULL,
      ignored INTEGER NOT NULL,
      unreadable INTEGER NOT NULL,
      first_time TEXT,            -- ISO 8601, UTC
      last_time TEXT
    ) STRICT
    """,
    """
    CREATE TABLE issue ( -- Odd things by name.
      name TEXT PRIMARY KEY,
      count INTEGER NOT NULL,
      lines INTEGER NOT NULL, -- input lines that gave no event because of it
      source INTEGER,         -- where the first one was
      "offset" INTEGER,
      line INTEGER,           -- from 1, where lines were counted
      message TEXT
    ) STRICT
    """,
    """
    CREATE TABLE coverage ( -- How many judged events carried each field.
      field TEXT PRIMARY KEY,
      carried INTEGER NOT NULL,
      total INTEGER NOT NULL -- judged events for which the field matters
    ) STRICT
    """,
    """
    CREATE TABLE ledger ( -- Counts: gross = valid + suspicious + givt + sivt, net = gross - givt, total_net = net - sivt.
      dimension TEXT NOT NULL, -- total, campaign, placement, creative, publisher, seller or day
      name TEXT NOT NULL,      -- empty where the log does not say
      kind TEXT NOT NULL,      -- impressions, clicks, conversions, forms or pages
      excluded INTEGER NOT NULL, gross INTEGER NOT NULL, valid INTEGER NOT NULL, suspicious INTEGER NOT NULL,
      givt INTEGER NOT NULL, net INTEGER NOT NULL, sivt INTEGER NOT NULL, total_net INTEGER NOT NULL,
      undecided_givt INTEGER NOT NULL, undecided_sivt INTEGER NOT NULL, -- of gross
      gross_value INTEGER NOT NULL, givt_value INTEGER NOT NULL, sivt_value INTEGER NOT NULL, -- millionths
      PRIMARY KEY (dimension, name, kind)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE viewability ( -- Of impressions; viewable + not_viewable + undetermined = the tier's impressions.
      dimension TEXT NOT NULL,
      name TEXT NOT NULL,
      standard TEXT NOT NULL,
      tier TEXT NOT NULL,      -- net or total_net
      viewable INTEGER NOT NULL, not_viewable INTEGER NOT NULL, undetermined INTEGER NOT NULL,
      PRIMARY KEY (dimension, name, standard, tier)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE detector ( -- What each detector is and did.
      number INTEGER PRIMARY KEY,      -- in catalogue order, from 0
      id TEXT NOT NULL,
      title TEXT NOT NULL,
      category TEXT NOT NULL,          -- reason code
      mrc TEXT NOT NULL,               -- category of the MRC's standard
      reason TEXT NOT NULL,            -- the category in words
      not_measurable TEXT,             -- why it could not work
      events INTEGER NOT NULL,         -- judged events on which it fired
      primary_events INTEGER NOT NULL, -- judged events for which it is the primary reason
      sessions INTEGER NOT NULL,
      value INTEGER NOT NULL           -- price of the primary events, millionths
    ) STRICT
    """,
    """
    CREATE TABLE measure ( -- What the findings of each detector observe.
      detector INTEGER NOT NULL REFERENCES detector,
      number INTEGER NOT NULL,
      name TEXT NOT NULL,
      unit TEXT NOT NULL, -- of observed value and threshold
      PRIMARY KEY (detector, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE list ( -- Lists of robots and networks that were used.
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      entries INTEGER NOT NULL,
      version TEXT,            -- as the list gives it
      sha256 TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE list_remark ( -- What of the lists was left out, and why.
      name TEXT NOT NULL,
      text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE user_agent ( -- User agents of the stored events.
      number INTEGER PRIMARY KEY,
      text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE reason ( -- What matched, in words: the row of which list.
      number INTEGER PRIMARY KEY,
      text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE event ( -- Judged events that are not plainly valid: flagged, suspicious, excluded, or any detector fired.
      number INTEGER PRIMARY KEY,  -- in the order of judging
      source INTEGER NOT NULL,     -- its id in reports is source:offset
      "offset" INTEGER NOT NULL,   -- of the line's first byte in the decompressed stream
      line INTEGER NOT NULL,       -- from 1
      path TEXT NOT NULL,
      time INTEGER NOT NULL,       -- microseconds since 1970-01-01 UTC
      kind TEXT NOT NULL,          -- impression, click, conversion, form or page
      impression INTEGER NOT NULL, -- hash of the impression id as a signed number, 0 for none
      visitor INTEGER NOT NULL,    -- hash of the visitor key
      visitor_key TEXT NOT NULL,   -- what it is made of
      session INTEGER NOT NULL,    -- 0 where no session can be formed
      address TEXT NOT NULL,       -- empty for none
      address_bytes BLOB,          -- 16 bytes in network order, version 4 mapped: sorts and compares as networks do
      user_agent INTEGER REFERENCES user_agent, -- NULL where the log has none
      campaign TEXT NOT NULL, placement TEXT NOT NULL, creative TEXT NOT NULL, publisher TEXT NOT NULL, seller TEXT NOT NULL,
      value INTEGER NOT NULL,      -- price, millionths
      status INTEGER NOT NULL,     -- HTTP, 0 for none
      class TEXT NOT NULL,         -- valid, suspicious, sivt, givt or excluded
      undecided TEXT NOT NULL,     -- tiers that could not be decided
      category TEXT, mrc TEXT, reason TEXT, -- the primary reason
      score INTEGER NOT NULL,      -- hundredths of a natural log-likelihood ratio
      detectors TEXT NOT NULL,     -- ids of all that fired, separated by spaces
      viewable TEXT NOT NULL       -- yes, no or undetermined, under the headline standard; of impressions
    ) STRICT
    """,
    """
    CREATE TABLE finding ( -- The evidence: what each detector observed on each event.
      event INTEGER NOT NULL REFERENCES event,
      detector INTEGER NOT NULL,  -- number in `detector`
      measure INTEGER NOT NULL,   -- number in `measure`, of this detector
      observed INTEGER NOT NULL,  -- millionths of the unit
      threshold INTEGER NOT NULL, -- millionths of the unit
      reason INTEGER REFERENCES reason, -- NULL where the numbers say all
      network TEXT,               -- the listed network of the address; NULL for none, or where it may not be shown
      source INTEGER NOT NULL, "offset" INTEGER NOT NULL -- the line that shows it
    ) STRICT
    """,
    """
    CREATE TABLE session ( -- Sessions with stored events.
      id INTEGER PRIMARY KEY,  -- a hash, as a signed number
      visitor INTEGER NOT NULL,
      start_time INTEGER NOT NULL, -- microseconds since 1970-01-01 UTC
      end_time INTEGER NOT NULL,
      events INTEGER NOT NULL, -- all events of the session, judged or not
      closing TEXT NOT NULL    -- inactivity, length or end-of-input
    ) STRICT
    """,
  ]

  /// Made last: filling a table without its indices is faster.
  static let indicesAndViews = [
    "CREATE INDEX event_by_place ON event(source, \"offset\")",
    "CREATE INDEX event_by_session ON event(session)",
    "CREATE INDEX event_by_address ON event(address_bytes)",
    "CREATE INDEX event_by_campaign ON event(campaign)",
    "CREATE INDEX finding_by_event ON finding(event)",
    "CREATE INDEX finding_by_detector ON finding(detector, event)",
    """
    CREATE VIEW invalid_by_campaign AS -- Invalid traffic of each campaign and kind, the most first; rates as shares of 1.
    SELECT name AS campaign, kind, gross, givt, sivt, givt + sivt AS invalid,
      CASE WHEN gross > 0 THEN (givt + sivt) * 1.0 / gross END AS invalid_rate,
      (givt_value + sivt_value) / 1000000.0 AS invalid_value
    FROM ledger WHERE dimension = 'campaign'
    ORDER BY invalid DESC, campaign, kind
    """,
    """
    CREATE VIEW evidence AS -- Every finding with its event, in plain units.
    SELECT event.source || ':' || event."offset" AS id, event.path, event.line,
      strftime('%Y-%m-%dT%H:%M:%SZ', event.time / 1000000, 'unixepoch') AS time, event.kind, event.address,
      user_agent.text AS user_agent, event.campaign, event.placement, event.creative, event.publisher, event.seller,
      event.value / 1000000.0 AS price, event.class, event.category, event.mrc, event.reason,
      detector.id AS detector, measure.name AS measure, finding.observed / 1000000.0 AS observed,
      finding.threshold / 1000000.0 AS threshold, measure.unit, reason.text AS matched, finding.network
    FROM finding JOIN event ON event.number = finding.event
      LEFT JOIN detector ON detector.number = finding.detector
      LEFT JOIN measure ON measure.detector = finding.detector AND measure.number = finding.measure
      LEFT JOIN reason ON reason.number = finding.reason
      LEFT JOIN user_agent ON user_agent.number = event.user_agent
    ORDER BY finding.event, finding.detector
    """,
    """
    CREATE VIEW worst_address AS -- Addresses by stored invalid events, the most first.
    SELECT address, count(*) AS events, sum(class IN ('givt', 'sivt')) AS invalid,
      sum(CASE WHEN class IN ('givt', 'sivt') THEN value ELSE 0 END) / 1000000.0 AS invalid_value,
      min(strftime('%Y-%m-%dT%H:%M:%SZ', time / 1000000, 'unixepoch')) AS first_time,
      max(strftime('%Y-%m-%dT%H:%M:%SZ', time / 1000000, 'unixepoch')) AS last_time
    FROM event WHERE address_bytes IS NOT NULL
    GROUP BY address_bytes ORDER BY invalid DESC, address_bytes
    """,
  ]
}
