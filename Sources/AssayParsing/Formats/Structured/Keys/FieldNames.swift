/// The many names of one thing: how servers, proxies, content networks and loggers call the fields of a request, the
/// surest name first. Written without case and with `_` for everything else than letters and digits, dots of nested
/// objects included. From the vendors' field lists, which the cards of the formats cite.
enum FieldNames {
  /// Every name that stands for the same thing wherever it is used: for logs whose keys somebody has chosen.
  static let generic: [(role: Role, names: [String])] =
    [
      (
        .field(.address),
        [
          "client_ip", "clientip", "cliip", "c_ip", "clienthost", "request_client_ip", "httprequest_remoteip",
          "client_address", "client_addr", "remote_addr", "remoteaddr", "remote_address", "remote_ip", "remoteip",
          "request_remote_ip", "remote_host", "remotehost", "source_ip", "ip", "ip_address", "ipaddress", "user_ip",
          "visitor_ip", "src_ip", "srcip", "id_orig_h", "clientaddr", "downstream_remote_address",
        ]
      ),
      (
        .time,
        [
          "edgestarttimestamp", "startutc", "startlocal", "msec", "time_iso8601", "time_local", "reqtimesec",
          "time_micros", "event_time", "eventtime", "timeusec2", "timestamp_ns", "timestamp_us", "timestamp_ms",
          "ts_ms", "time_ms", "start_time", "time_start", "datetime", "date_time", "ts", "timestamp",
          "edgeendtimestamp", "time",
        ]
      ),
      (.date, ["date", "date_local"]),
      (.requestLine, ["request", "request_line", "requestline", "http_request_line"]),
      (.field(.method), methods),
      (
        .field(.target),
        [
          "clientrequesturi", "request_uri", "requesturi", "raw_uri", "httprequest_requesturl", "requestpath",
          "url_original",
        ]
      ),
      (
        .pathOrTarget,
        [
          "cs_uri", "cs_uri_stem", "reqpath", "uri_path", "uri_stem", "url_path", "uri", "url", "path",
          "request_path", "request_url", "x_envoy_original_path", "x_envoy_origin_path", "http_url",
        ]
      ), (.field(.path), ["clientrequestpath"]),
      (
        .field(.query),
        ["cs_uri_query", "querystr", "query_string", "querystring", "args", "query", "url_query", "uri_query"]
      ),
      (
        .field(.protocolVersion),
        [
          "server_protocol", "request_protocol", "request_proto", "clientrequestprotocol", "cs_protocol_version",
          "cs_version", "requestprotocol", "httprequest_protocol", "http_version", "protocol_version", "protocol",
          "proto",
        ]
      ),
      (
        .field(.status),
        [
          "status", "sc_status", "status_code", "statuscode", "edgeresponsestatus", "downstreamstatus",
          "httprequest_status", "response_status", "response_code", "http_status", "http_status_code",
          "http_response_status_code", "response_status_code", "http_code", "c_status", "code",
        ]
      ),
      (
        .field(.bytes),
        [
          "body_bytes_sent", "bytes_sent", "sc_bytes", "edgeresponsebytes", "downstreamcontentsize",
          "httprequest_responsesize", "response_body_len", "http_response_body_bytes", "response_size",
          "response_bytes", "response_body_size", "bytes", "size", "length", "bytes_out", "resp_bytes",
        ]
      ),
      (.field(.user), ["remote_user", "auth_user", "cs_username", "clientusername", "username", "user", "user_name"]),
      (
        .field(.duration),
        [
          "request_time", "time_taken", "time_taken_micros", "duration", "elapsed", "time_elapsed", "response_time",
          "latency", "httprequest_latency", "edgetimetofirstbytems", "transfertimemsec", "timetakenms",
          "generation_time_milli", "event_duration",
        ]
      ),
      (
        .field(.requestID),
        [
          "request_id", "requestid", "rayid", "x_edge_request_id", "s_request_id", "reqid", "uid", "insertid",
          "trace_id",
        ]
      ),
      (
        .field(.asn),
        ["asn", "clientasn", "client_asn", "geoip_asn", "as_number", "client_as_number", "source_as_number"]
      ),
      (
        .field(.country),
        [
          "clientcountry", "country", "country_code", "geo_country", "geoip_country_code", "client_country",
          "geo_country_code", "cs_countrycode", "client_geo_country_iso_code",
        ]
      ), (.field(.ja3), ["ja3", "ja3hash", "ja3_hash", "tls_ja3", "tls_client_ja3", "ssl_ja3"]),
      (.field(.ja4), ["ja4", "ja4hash", "ja4_hash", "tls_ja4", "tls_client_ja4", "ssl_ja4"]),
      (
        .field(.scheme),
        [
          "scheme", "clientrequestscheme", "requestscheme", "request_scheme", "cs_protocol", "url_scheme",
          "x_forwarded_proto",
        ]
      ),
    ] + headers(after: headerPrefixes)
    + [
      (.field(.userAgent), ["ua", "useragent", "agent", "httprequest_useragent", "user_agent_original"]),
      (.field(.referrer), ["ref", "urlref", "httprequest_referer", "request_refer", "referer_url", "referrer_url"]),
      (
        .field(.host),
        [
          "x_host_header", "vhost", "virtual_host", "http_host", "hostname", "domain", "requesthost", "reqhost",
          "server_name", "authority", "url_domain",
        ]
      ), (.field(.forwardedFor), ["xff", "xforwardedfor", "s_xff", "forwarded_for", "forwardedfor"]),
      (.field(.acceptLanguage), ["acclang", "acceptlanguage", "accept_lang"]), (.field(.cookie), ["cookies"]),
    ]

  /// How headers are called after each of some prefixes: `http_` (nginx), `request_headers_` (Caddy), `request_`
  /// (Traefik), `cs_` (W3C), none.
  static func headers(after prefixes: [String]) -> [(role: Role, names: [String])] {
    requestHeaders.map { role, names in
      (role, names.flatMap { name in prefixes.map { prefix in prefix + name } })
    }
  }

  /// Names that are none of ours but tell a log message from an access record.
  static let message: (role: Role, names: [String]) = (.message, ["level", "msg", "message", "severity"])

  private static let methods = [
    "request_method", "cs_method", "method", "clientrequestmethod", "requestmethod", "reqmethod",
    "httprequest_requestmethod", "http_method", "http_request_method", "verb",
  ]

  private static let headerPrefixes = [
    "", "http_", "cs_", "clientrequest", "request_", "request_headers_", "requestheaders_", "req_headers_", "headers_",
    "http_request_headers_", "http_request_", "request_header_", "c_",
  ]

  private static let requestHeaders: [(role: Role, names: [String])] = [
    (.field(.userAgent), ["user_agent", "useragent"]),
    (.field(.referrer), ["referer", "referrer"]),
    (.field(.host), ["host"]),
    (.field(.cookie), ["cookie"]),
    (.field(.forwardedFor), ["x_forwarded_for"]),
    (.field(.acceptLanguage), ["accept_language"]),
    (.field(.purpose), ["sec_purpose", "purpose", "x_purpose", "x_moz"]),
    (.field(.clientHints), ["sec_ch_ua"]),
    (.field(.fetchMetadata), ["sec_fetch_site", "sec_fetch_mode", "sec_fetch_dest"]),
    (.field(.requestID), ["x_request_id"]),
  ]
}
