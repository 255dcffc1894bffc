import AssayModel
import AssayParsing
import Testing

/// Lines of error logs among those of an access log.
@Suite struct ErrorLogLineTests {
  static let nginx = #"2026/11/23 09:00:00 [error] 31#31: *46 "/srv/x" is not found, request: "GET / HTTP/1.1""#

  @Test(arguments: [
    nginx, "2026/11/23 09:00:00 [emerg] 7#7: bind() failed", "2026/11/23 09:00:00 [notice] 1#1: start",
    "[Mon Nov 23 09:00:00.880562 2026] [core:error] [pid 10:tid 14] [client 192.0.2.7:50229] AH1: no",
    "[Mon Nov 23 09:00:00 2026] [error] [client 192.0.2.7] denied", "[Mon Nov  2 09:00:00 2026] [ssl:trace3] x",
  ])
  func linesOfBothServersAreKnown(line: String) {
    let bytes = Array(line.utf8)
    let stands = ErrorLogLine.stands(bytes.span)
    #expect(stands)
    for count in bytes.indices { _ = ErrorLogLine.stands(bytes.span.extracting(0..<count)) }
    for index in bytes.indices {
      var wrong = bytes
      wrong[index] ^= 0x80
      _ = ErrorLogLine.stands(wrong.span)
    }
  }

  @Test(arguments: [
    "", "[", "2026/11/23 09:00:00 192.0.2.7 GET /x HTTP/1.1 200", "2026-11-23 09:00:00 [error] 31#31: x",
    "2026/11/23 09:00:00 [message] hello there", "[Mon Nov 23 09:00:00 2026] hello there, this is chat",
    "[Mon Nov 23 09:00:00 2026] [:] x", "[Mon Nov 23 09:00:00 2026] [error", "[23/Nov/2026:09:00:00 +0100] [error] x",
    #"192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] "GET / HTTP/1.1" 200 43 "-" "2026/11/23 09:00:00 [error] ""#,
  ])
  func otherLinesAreNot(line: String) {
    let bytes = Array(line.utf8)
    let stands = ErrorLogLine.stands(bytes.span)
    #expect(!stands)
  }

  @Test(arguments: [
    "combined", "common", "vhost-combined", "nginx-json", "envoy", "syslog+combined", "cri+combined",
    "compose+nginx-json", "json+combined", #"nginx:$remote_addr [$time_local] "$request" $status"#,
  ])
  func everyFormatThatStandsInOneStreamWithThemNamesThem(format: String) throws {
    var parser = try FormatCatalog.format(named: format).makeParser(ParserRequest())
    let stamps = ["", "web-1  | ", "2026-11-23T09:00:00.000000001Z stderr F ", "Nov 23 09:00:00 web1 nginx: "]
    let fitting = stamps.filter { stamp in
      let reading = Reading(Array((stamp + Self.nginx).utf8), &parser)
      return reading.issue == ErrorLogLine.issue
    }
    #expect(fitting.contains(""))
    let isBehindPrefix = ["syslog+", "cri+", "compose+"].contains { format.hasPrefix($0) }
    #expect(!isBehindPrefix || fitting.count > 1)
  }
}
