extension JSONReport {
  /// The JSON Schema (draft 2020-12) of what this report writes. `fixtures/reports/audit.schema.json` is the same text
  /// for whoever has no program at hand; a test holds them to each other and validates reports against it.
  public static let schema = """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "assay/audit/1",
      "title": "Result of an audit",
      "description": "Rates are shares of 1 with six decimals, null where there is nothing to divide by. Money is in the unit of the log's prices with six decimals. Times are ISO 8601 in UTC; a moment outside the years 0 to 9999 is @ and microseconds since 1970. The id of an event is SOURCE:OFFSET: the ordinal of its input and the byte at which its line begins in the decompressed stream.",
      "type": "object",
      "required": ["schema", "tool", "inputs", "inputs_left_out", "accounting", "issues", "coverage", "standards", "counts_rendered_impressions", "judges_pages", "time_zone", "population", "totals", "by", "findings", "worst_addresses", "verdicts"],
      "additionalProperties": false,
      "properties": {
        "schema": {"const": "assay/audit/1"},
        "tool": {
          "type": "object",
          "required": ["version", "settings_sha256", "profile", "profile_was_detected", "lists", "list_remarks"],
          "additionalProperties": false,
          "properties": {
            "version": {"type": "string"},
            "settings_sha256": {"$ref": "#/$defs/sha256"},
            "profile": {"type": "string"},
            "profile_was_detected": {"type": "boolean"},
            "lists": {"type": "array", "items": {
              "type": "object",
              "required": ["name", "kind", "entries", "version", "sha256"],
              "additionalProperties": false,
              "properties": {"name": {"type": "string"}, "kind": {"type": "string"}, "entries": {"$ref": "#/$defs/count"}, "version": {"description": "As the list gives it, null where it gives none.", "type": ["string", "null"]}, "sha256": {"$ref": "#/$defs/sha256"}}
            }},
            "list_remarks": {"description": "What of the lists was left out, and why.", "type": "array", "items": {
              "type": "object",
              "required": ["name", "text"],
              "additionalProperties": false,
              "properties": {"name": {"type": "string"}, "text": {"type": "string"}}
            }}
          }
        },
        "inputs": {"description": "In byte order of their paths; the index is the source ordinal.", "type": "array", "items": {
          "type": "object",
          "required": ["path", "sha256", "bytes", "compression", "format", "lines", "events", "ignored", "unreadable", "first_time", "last_time"],
          "additionalProperties": false,
          "properties": {
            "path": {"type": "string"},
            "sha256": {"$ref": "#/$defs/sha256"},
            "bytes": {"$ref": "#/$defs/count"},
            "compression": {"type": "string"},
            "format": {"type": "string"},
            "lines": {"$ref": "#/$defs/count"},
            "events": {"$ref": "#/$defs/count"},
            "ignored": {"$ref": "#/$defs/count"},
            "unreadable": {"$ref": "#/$defs/count"},
            "first_time": {"anyOf": [{"$ref": "#/$defs/time"}, {"type": "null"}]},
            "last_time": {"anyOf": [{"$ref": "#/$defs/time"}, {"type": "null"}]}
          }
        }},
        "inputs_left_out": {"description": "What was found and is no input, since this program writes or wrote it; none of its lines is counted.", "type": "array", "items": {
          "type": "object",
          "required": ["path", "name", "reason"],
          "additionalProperties": false,
          "properties": {"path": {"type": "string"}, "name": {"type": "string"}, "reason": {"type": "string"}}
        }},
        "accounting": {
          "description": "lines = events + ignored + unreadable.",
          "type": "object",
          "required": ["lines", "events", "ignored", "unreadable", "outside_period", "by_kind"],
          "additionalProperties": false,
          "properties": {
            "lines": {"$ref": "#/$defs/count"},
            "events": {"$ref": "#/$defs/count"},
            "ignored": {"$ref": "#/$defs/count"},
            "unreadable": {"$ref": "#/$defs/count"},
            "outside_period": {"$ref": "#/$defs/count"},
            "by_kind": {"type": "object", "additionalProperties": {"$ref": "#/$defs/count"}}
          }
        },
        "issues": {"description": "In byte order of their names.", "type": "array", "items": {
          "type": "object",
          "required": ["name", "count", "lines", "samples"],
          "additionalProperties": false,
          "properties": {
            "name": {"type": "string"},
            "count": {"$ref": "#/$defs/count"},
            "lines": {"description": "Input lines that gave no event because of it.", "$ref": "#/$defs/count"},
            "samples": {"type": "array", "items": {
              "type": "object",
              "required": ["source", "offset", "line", "column", "message"],
              "additionalProperties": false,
              "properties": {
                "source": {"$ref": "#/$defs/count"},
                "offset": {"$ref": "#/$defs/count"},
                "line": {"type": ["integer", "null"]},
                "column": {"description": "From 0.", "type": ["integer", "null"]},
                "message": {"type": "string"}
              }
            }}
          }
        }},
        "coverage": {"type": "object", "additionalProperties": {
          "type": "object",
          "required": ["carried", "of", "share"],
          "additionalProperties": false,
          "properties": {"carried": {"$ref": "#/$defs/count"}, "of": {"$ref": "#/$defs/count"}, "share": {"$ref": "#/$defs/rate"}}
        }},
        "standards": {"description": "Of viewability; the first is the headline.", "type": "array", "items": {
          "type": "object",
          "required": ["id", "title"],
          "additionalProperties": false,
          "properties": {"id": {"type": "string"}, "title": {"type": "string"}}
        }},
        "counts_rendered_impressions": {"description": "Whether impressions are counted when they begin to render; otherwise they are tracked ads.", "type": "boolean"},
        "judges_pages": {"type": "boolean"},
        "time_zone": {"type": "string"},
        "population": {
          "type": "object",
          "required": ["visitors", "sessions", "addresses", "user_agents"],
          "additionalProperties": {"$ref": "#/$defs/count"}
        },
        "totals": {
          "$ref": "#/$defs/row",
          "required": ["lines", "events"],
          "properties": {"lines": {"$ref": "#/$defs/count"}, "events": {"$ref": "#/$defs/count"}}
        },
        "by": {
          "type": "object",
          "required": ["day"],
          "additionalProperties": {"type": "array", "items": {"$ref": "#/$defs/row", "required": ["name"]}}
        },
        "findings": {"description": "Every detector, in catalogue order.", "type": "array", "items": {"$ref": "#/$defs/finding"}},
        "networks": {"description": "Networks that detectors found, the one with most events first; missing where none was found.", "type": "array", "items": {
          "type": "object",
          "required": ["detector", "publishers", "visitors", "addresses", "events", "invalid", "money", "first_time", "last_time"],
          "additionalProperties": false,
          "properties": {
            "detector": {"type": "string"},
            "publishers": {"description": "That belong to it; none where it goes to any.", "type": "array", "items": {"type": "string"}},
            "visitors": {"$ref": "#/$defs/count"},
            "addresses": {"$ref": "#/$defs/count"},
            "events": {"$ref": "#/$defs/count"},
            "invalid": {"$ref": "#/$defs/count"},
            "money": {"$ref": "#/$defs/money"},
            "first_time": {"$ref": "#/$defs/time"},
            "last_time": {"$ref": "#/$defs/time"}
          }
        }},
        "worst_addresses": {"type": "array", "items": {
          "type": "object",
          "required": ["address", "events", "invalid"],
          "additionalProperties": false,
          "properties": {"address": {"type": "string"}, "events": {"$ref": "#/$defs/count"}, "invalid": {"$ref": "#/$defs/count"}}
        }},
        "verdicts": {"description": "The first flagged events of each detector.", "type": "array", "items": {"$ref": "#/$defs/verdict"}}
      },
      "$defs": {
        "count": {"type": "integer", "minimum": 0},
        "rate": {"type": ["number", "null"], "minimum": 0},
        "money": {"type": "number"},
        "sha256": {"description": "Lower case; empty where it was not computed.", "type": "string", "pattern": "^([0-9a-f]{64})?$"},
        "id": {"description": "Sixteen hexadecimal digits; empty for none.", "type": "string", "pattern": "^([0-9a-f]{16})?$"},
        "time": {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{3}([0-9]{3})?)?Z|@-?[0-9]+)$"},
        "viewability": {
          "type": "object",
          "required": ["viewable", "not_viewable", "undetermined", "measured_rate", "viewable_rate"],
          "additionalProperties": false,
          "properties": {
            "viewable": {"$ref": "#/$defs/count"},
            "not_viewable": {"$ref": "#/$defs/count"},
            "undetermined": {"$ref": "#/$defs/count"},
            "measured_rate": {"$ref": "#/$defs/rate"},
            "viewable_rate": {"$ref": "#/$defs/rate"}
          }
        },
        "row": {
          "description": "gross = valid + suspicious + givt + sivt; net = gross - givt; total_net = net - sivt; excluded stands outside. A kind without any count is left out of the rows by name. measured, viewable and undetermined are of total net under the headline standard.",
          "type": "object",
          "required": ["measured", "viewable", "undetermined", "measured_rate", "viewable_rate", "decision_rate_givt", "decision_rate_sivt", "viewability"],
          "properties": {
            "name": {"description": "Empty where the log does not say.", "type": "string"},
            "measured": {"$ref": "#/$defs/count"},
            "viewable": {"$ref": "#/$defs/count"},
            "undetermined": {"$ref": "#/$defs/count"},
            "measured_rate": {"$ref": "#/$defs/rate"},
            "viewable_rate": {"$ref": "#/$defs/rate"},
            "decision_rate_givt": {"$ref": "#/$defs/rate"},
            "decision_rate_sivt": {"$ref": "#/$defs/rate"},
            "viewability": {"type": "array", "items": {
              "type": "object",
              "required": ["standard", "net", "total_net"],
              "additionalProperties": false,
              "properties": {"standard": {"type": "string"}, "net": {"$ref": "#/$defs/viewability"}, "total_net": {"$ref": "#/$defs/viewability"}}
            }}
          },
          "patternProperties": {
            "^(excluded|gross|valid|suspicious|givt|net|sivt|total_net|undecided_givt|undecided_sivt)_(impressions|clicks|conversions|forms|pages)$": {"$ref": "#/$defs/count"},
            "^(gross|givt|sivt)_(impressions|clicks|conversions|forms|pages)_value$": {"$ref": "#/$defs/money"},
            "^invalid_(impressions|clicks|conversions|forms|pages)_rate(_low|_high)?$": {"description": "Low and high: Wilson interval for 95 %.", "$ref": "#/$defs/rate"}
          }
        },
        "finding": {
          "type": "object",
          "required": ["detector", "title", "category", "mrc", "reason", "family", "action", "weight", "not_measurable", "events", "primary_events", "sessions", "money", "needs", "summary", "fools_it", "measures", "thresholds", "references"],
          "additionalProperties": false,
          "properties": {
            "detector": {"type": "string"},
            "title": {"type": "string"},
            "category": {"type": "string"},
            "mrc": {"description": "Category of the MRC's standard of 2020; - where none fits.", "type": "string"},
            "reason": {"type": "string"},
            "family": {"type": "string"},
            "action": {"type": "string"},
            "weight": {"description": "Hundredths of a natural log-likelihood ratio.", "type": ["integer", "null"]},
            "not_measurable": {"description": "Why it could not work.", "type": ["string", "null"]},
            "events": {"$ref": "#/$defs/count"},
            "primary_events": {"$ref": "#/$defs/count"},
            "sessions": {"$ref": "#/$defs/count"},
            "money": {"$ref": "#/$defs/money"},
            "needs": {"type": "array", "items": {"type": "string"}},
            "summary": {"type": "string"},
            "fools_it": {"type": "string"},
            "measures": {"description": "What its evidence observes.", "type": "array", "items": {
              "type": "object",
              "required": ["name", "unit"],
              "additionalProperties": false,
              "properties": {"name": {"type": "string"}, "unit": {"type": "string"}}
            }},
            "thresholds": {"type": "array", "items": {
              "type": "object",
              "required": ["name", "standard", "least", "most", "unit", "origin"],
              "additionalProperties": false,
              "properties": {
                "name": {"type": "string"},
                "standard": {"type": ["number", "null"]},
                "least": {"type": ["number", "null"]},
                "most": {"type": ["number", "null"]},
                "unit": {"type": "string"},
                "origin": {"type": "string"}
              }
            }},
            "references": {"type": "array", "items": {"type": "string"}}
          }
        },
        "verdict": {
          "type": "object",
          "required": ["subject", "path", "line", "line_sha256", "time", "kind", "impression_id", "impression_hash", "session", "visitor", "visitor_key", "address", "user_agent", "campaign", "placement", "creative", "publisher", "seller", "price", "status", "class", "undecided", "category", "mrc", "reason", "score", "viewable", "detectors", "evidence"],
          "additionalProperties": false,
          "properties": {
            "subject": {"description": "Id of the event.", "type": "string", "pattern": "^[0-9]+:[0-9]+$"},
            "path": {"type": "string"},
            "line": {"$ref": "#/$defs/count"},
            "line_sha256": {"$ref": "#/$defs/sha256"},
            "time": {"$ref": "#/$defs/time"},
            "kind": {"type": "string"},
            "impression_id": {"description": "As logged; null where there is none, or the line could not be read again.", "type": ["string", "null"]},
            "impression_hash": {"$ref": "#/$defs/id"},
            "session": {"$ref": "#/$defs/id"},
            "visitor": {"$ref": "#/$defs/id"},
            "visitor_key": {"enum": ["none", "first-party-id", "address-and-agent", "address"]},
            "address": {"type": "string"},
            "user_agent": {"description": "Null where the log has none.", "type": ["string", "null"]},
            "campaign": {"type": "string"},
            "placement": {"type": "string"},
            "creative": {"type": "string"},
            "publisher": {"type": "string"},
            "seller": {"type": "string"},
            "price": {"$ref": "#/$defs/money"},
            "status": {"$ref": "#/$defs/count"},
            "class": {"enum": ["valid", "suspicious", "sivt", "givt", "excluded"]},
            "undecided": {"enum": ["", "givt", "sivt", "givt+sivt"]},
            "category": {"type": ["string", "null"]},
            "mrc": {"type": ["string", "null"]},
            "reason": {"type": ["string", "null"]},
            "score": {"description": "Sum of natural log-likelihood ratios; 100 for a decisive rule.", "type": "number"},
            "viewable": {"enum": ["yes", "no", "undetermined"]},
            "detectors": {"type": "array", "items": {"type": "string"}},
            "evidence": {"type": "array", "items": {
              "type": "object",
              "required": ["detector", "measure", "observed", "threshold", "unit", "reason", "network", "source", "offset", "line_sha256"],
              "additionalProperties": false,
              "properties": {
                "detector": {"type": "string"},
                "measure": {"description": "Which of the detector's measures was observed.", "type": "string"},
                "observed": {"type": "number"},
                "threshold": {"type": "number"},
                "unit": {"description": "Of observed value and threshold.", "type": "string"},
                "reason": {"description": "What matched, as the row of which list; null where the numbers say all.", "type": ["string", "null"]},
                "network": {"description": "The listed network that the address lies in; null where addresses are not shown.", "type": ["string", "null"]},
                "source": {"$ref": "#/$defs/count"},
                "offset": {"$ref": "#/$defs/count"},
                "line_sha256": {"$ref": "#/$defs/sha256"}
              }
            }}
          }
        }
      }
    }

    """
}
