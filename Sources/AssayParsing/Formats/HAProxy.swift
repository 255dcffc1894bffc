internal import AssayModel

/// HAProxy's `option httplog`, alone or behind a syslog prefix, with or without captured headers. The time is the
/// machine's own and carries no zone: it is read as UTC. Connection errors and notices, which are about no request, are
/// ignored by rule.
enum HAProxy: LogFormat {
  static let card = FormatCard(
    id: "haproxy", aliases: ["haproxy_log", "httplog"],
    title: "HAProxy HTTP log",
    reference: "https://docs.haproxy.org/3.0/configuration.html#8.2.3",
    splittable: true, specificity: 50, includesSyslog: true)

  static func makeParser(_ request: ParserRequest) throws(AssayError) -> any LineParser {
    var patterns: [LinePattern] = []
    for headers in ["{$captured_request_headers} {$captured_response_headers} ", "{$captured_request_headers} ", ""] {
      var pattern = try NginxDialect.pattern(connection + headers + #""$request""#, id: card.id)
      pattern.escaping = .hash
      patterns.append(pattern)
    }
    return HAProxyParser(patterns: PatternParser(patterns, request))
  }

  static let samples = [
    FormatSample(
      #"192.0.2.10:14853 [23/Nov/2026:09:00:00.127] https-in~ ads/web1 0/0/1/57/58 200 739 - - ---- 2/1/0/0/0 0/0 "GET /i?c=7 HTTP/1.1""#,
      time: "2026-11-23T09:00:00.127Z",
      [.address: "192.0.2.10:14853", .status: "200", .bytes: "739", .method: "GET", .target: "/i?c=7"]),
    FormatSample(
      #"Nov 23 09:00:00 lb1 haproxy[7]: 192.0.2.10:14853 [23/Nov/2026:09:00:00.127] https-in~ ads/web1 0/0/1/57/58 200 739 - - ---- 2/1/0/0/0 0/0 {Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0|https://news.example/|ads.example|} {} "GET /i HTTP/1.1""#,
      time: "2026-11-23T09:00:00.127Z",
      [
        .userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0",
        .referrer: "https://news.example/", .host: "ads.example", .target: "/i",
      ]),
    FormatSample(
      #"<134>Nov 23 09:00:00 lb1 haproxy[7]: 192.0.2.10:14853 [23/Nov/2026:09:00:00.127] https-in~ ads/web1 0/0/1/57/+58 302 +739 - - ---- 2/1/0/0/+3 0/0 {curl/8.5.0 #7b#22x#22#7d|203.0.113.9, 10.0.0.1} "GET /i HTTP/1.1""#,
      time: "2026-11-23T09:00:00.127Z", [.userAgent: #"curl/8.5.0 {"x"}"#, .forwardedFor: "203.0.113.9, 10.0.0.1"]),
    FormatSample(
      #"192.0.2.10:14853 [23/Nov/2026:09:00:00.127] https-in~ https-in/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- 2/1/0/0/0 0/0 "<BADREQ>""#,
      time: "2026-11-23T09:00:00.127Z", [.status: "400"]),
    FormatSample("192.0.2.10:50033 [23/Nov/2026:09:00:00.123] https-in/1: SSL handshake failure", issue: "ignored"),
    FormatSample("Nov 23 09:00:00 lb1 haproxy[7]: Proxy ads started.", issue: "ignored"),
    FormatSample(
      #"192.0.2.10:14853 [23/Nov/2026:09:00:00.127] https-in~ ads/web1 0/0/1/57/58 200 739 - - ---- 2/1/0/0/0 0/0 "GET /i?c=7 HT"#,
      issue: "haproxy.no-closing-quote"),
    FormatSample(
      #"192.0.2.10:14853 [23/Nov/2026:09:00:00.127] https-in~ ads/web1 0/0/1/57/58 ok 739 - - ---- 2/1/0/0/0 0/0 "GET / HTTP/1.1""#,
      issue: "haproxy.not-a-number"),
  ]
}

extension HAProxy {
  /// How HAProxy calls itself in syslog.
  fileprivate static let program = Array("haproxy".utf8)

  private static let connection = #"""
    $remote_addr [$time_local] $frontend $backend/$server $timers $status $bytes_sent \#
    $captured_request_cookie $captured_response_cookie $termination_state $connections $queues
    """# + " "
}

/// Takes a syslog prefix off, and tells notices from requests.
private struct HAProxyParser: LineParser {
  var patterns: PatternParser

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    let prefix = LinePrefix.find(.syslog, line)?.prefix
    let start = prefix?.end ?? 0
    let message = line.extracting(start..<line.count)
    switch patterns.parse(message, into: &fields) {
    case .record:
      fields.shift(by: start)
      return .record
    case .ignored:
      return .ignored
    case .malformed(let column, let name, let expected):
      if isConnectionError(message) { return .ignored }
      if let prefix, equal(line, at: prefix.program.lowerBound, HAProxy.program.span),
        firstIndex(of: UInt8(ascii: "\""), in: message, from: 0, to: message.count) < 0
      {
        return .ignored
      }
      return .malformed(column: column + start, name: name, expected: expected)
    }
  }

  /// `client [time] frontend/listener: what went wrong` (configuration manual §8.2.5): no request was read.
  private func isConnectionError(_ line: Span<UInt8>) -> Bool {
    let bracket = firstIndex(of: UInt8(ascii: "["), in: line, from: 0, to: line.count)
    guard bracket >= 0, let time = Times.commonLog(line, bracket + 1, line.count), line.count - time.end > 2 else {
      return false
    }
    let end = firstIndex(of: UInt8(ascii: " "), in: line, from: time.end + 2, to: line.count)
    return end > 0 && line[end - 1] == UInt8(ascii: ":")
  }
}
