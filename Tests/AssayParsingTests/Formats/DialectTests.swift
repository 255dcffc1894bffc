import AssayModel
import AssayParsing
import TestSupport
import Testing

/// Format strings as people paste them from the configuration of nginx, Apache and GoAccess.
@Suite struct DialectTests {
  func read(_ format: String, _ line: String, columns: [String] = []) throws -> Reading {
    var parser = try FormatCatalog.format(named: format).makeParser(ParserRequest(columns: columns))
    return Reading(Array(line.utf8), &parser, columns: columns.count)
  }

  // MARK: nginx

  static let main = #"""
    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';
    """#
  static let mainLine = #"""
    192.0.2.10 - mary ann [23/Nov/2026:09:00:00 +0100] "GET /i?c=7 HTTP/1.1" 200 43 "-" "a \x22b\x22" "203.0.113.9, 10.0.0.1"
    """#

  @Test(arguments: [
    main, "nginx:" + main, main.replacing("log_format  main  ", with: ""),
    #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for""#,
    #"${remote_addr} - ${remote_user} [${time_local}] "${request}" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for""#,
  ])
  func nginxFormatsAreReadHoweverTheyArePasted(format: String) throws {
    let reading = try read(format, DialectTests.mainLine)
    #expect(reading.outcome == .record)
    #expect(reading.time == "2026-11-23T08:00:00Z")
    #expect(reading.fields[.address] == "192.0.2.10")
    #expect(reading.fields[.user] == "mary ann")
    #expect(reading.fields[.target] == "/i?c=7")
    #expect(reading.fields[.referrer] == "")
    #expect(reading.fields[.userAgent] == #"a "b""#)
    #expect(reading.fields[.forwardedFor] == "203.0.113.9, 10.0.0.1")
    #expect(reading.fields[.host] == nil)
  }

  @Test(arguments: [
    #"nginx:$remote_addr\t[$time_local]\t$request\t$status\t\"$http_user_agent\""#,
    #"nginx:log_format tabs '$remote_addr\t[$time_local]\t$request\t$status\t\"$http_user_agent\"';"#,
    "nginx:$remote_addr\t[$time_local]\t$request\t$status\t\"$http_user_agent\"",
  ])
  func nginxEscapesMeanTheSameWithTheirWrappingAndWithout(format: String) throws {
    let reading = try read(format, "192.0.2.10\t[23/Nov/2026:09:00:00 +0100]\tGET /i HTTP/1.1\t200\t\"agent\"")
    #expect(reading.outcome == .record && reading.time == "2026-11-23T08:00:00Z")
    #expect(reading.fields[.target] == "/i" && reading.fields[.userAgent] == "agent")
  }

  @Test func nginxVariablesWithoutAFieldAreColumnsOrPassedOver() throws {
    let reading = try read(
      #"$remote_addr $msec "$request" $arg_cid $upstream_response_time $http_x_slot $tcpinfo_rtt"#,
      #"192.0.2.10 1795424400.250 "GET /i HTTP/1.1" abc 0.001, 0.200 : 0.003 top 77"#,
      columns: ["CID", "X-Slot", "none"])
    #expect(reading.time == "2026-11-23T09:00:00.250Z")
    #expect(reading.isSubsecond)
    #expect(reading.columns == [0: "abc", 1: "top"])
  }

  @Test func nginxJSONFormatsAreReadAsPatterns() throws {
    let format = #"""
      log_format json escape=json '{"time":"$time_iso8601","ip":"$remote_addr","uri":"$request_uri",'
        '"status":$status,"ua":"$http_user_agent"}';
      """#
    let line = #"{"time":"2026-11-23T09:00:00+01:00","ip":"192.0.2.10","uri":"\/i","status":200,"ua":"a\"\u00e9\\"}"#
    let reading = try read(format, line)
    #expect(reading.outcome == .record)
    #expect(reading.fields[.target] == "/i")
    #expect(reading.fields[.status] == "200")
    #expect(reading.fields[.userAgent] == #"a"é\"#)
  }

  @Test func withoutEscapingABackslashIsABackslash() throws {
    let format = #"log_format raw escape=none '$remote_addr [$time_local] "$http_user_agent" $status';"#
    let reading = try read(format, #"192.0.2.10 [23/Nov/2026:09:00:00 +0000] "C:\new\" 200"#)
    #expect(reading.fields[.userAgent] == #"C:\new\"#)
    #expect(reading.fields[.status] == "200")
  }

  @Test func aRequestWithoutQuotationMarksEndsAfterItsProtocol() throws {
    let reading = try read(
      "$remote_addr $time_iso8601 $request $status", "192.0.2.10 2026-11-23T09:00:00Z GET /a b HTTP/1.1 200")
    #expect(reading.fields[.target] == "/a b")
    #expect(reading.fields[.status] == "200")
  }

  // MARK: Apache

  @Test(arguments: [
    #"LogFormat "%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"" combined"#,
    #"%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i""#,
    #"apache:%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\""#,
    #"%a %l %u [%{%d/%b/%Y:%T %z}t] "%r" %<s %O "%{referer}i" "%!400,501{User-agent}i""#,
    #"%h %l %u [%{%d/%b/%Y}t:%{%H:%M:%S %z}t] "%m %U%q %H" %>s %B "%{Referer}i" "%{User-Agent}i""#,
  ])
  func apacheFormatsAreReadHoweverTheyArePasted(format: String) throws {
    let line =
      #"192.0.2.10 - mary [23/Nov/2026:09:00:00 +0100] "GET /i?c=7 HTTP/1.1" 200 43 "-" "say \"hi\"\\\t\xc3\xa9""#
    let reading = try read(format, line)
    #expect(reading.outcome == .record)
    #expect(reading.time == "2026-11-23T08:00:00Z")
    #expect(reading.fields[.address] == "192.0.2.10")
    #expect(reading.fields[.user] == "mary")
    #expect(reading.fields[.target] == "/i?c=7")
    #expect(reading.fields[.method] == "GET")
    #expect(reading.fields[.status] == "200")
    #expect(reading.fields[.bytes] == "43")
    #expect(reading.fields[.referrer] == "")
    #expect(reading.fields[.userAgent] == "say \"hi\"\\\té")
  }

  @Test func everyApacheDirectiveIsUnderstood() throws {
    let format = #"""
      %v:%p %{c}a %a %h %l %u %t %I %O %B %b %D %T %{ms}T %{sec}t.%{usec_frac}t %V %m %U %q %H %L %k %X %{uid}C %{SSL_PROTOCOL}x %{X-Slot}o %{ENV}e %R %f %S %P %A 100%% "%{X-Forwarded-For}i" %{Sec-CH-UA}i %{Host}i
      """#
    let line = #"""
      ads.example:443 10.0.0.1 192.0.2.10 192.0.2.10 - - [23/Nov/2026:09:00:00 +0000] 10 20 30 40 500 0 1 1795424400.000250 ads.example GET /i  HTTP/1.1 - 0 + abc TLSv1.3 top - - /srv/i 60 7 10.0.0.9 100% "203.0.113.9" "Chromium" ads.example
      """#
    let reading = try read(format, line, columns: ["uid", "ssl_protocol", "x-slot"])
    #expect(reading.outcome == .record)
    #expect(reading.fields[.host] == "ads.example")
    #expect(reading.fields[.address] == "192.0.2.10")
    #expect(reading.fields[.path] == "/i")
    #expect(reading.fields[.query] == "")
    #expect(reading.fields[.protocolVersion] == "HTTP/1.1")
    #expect(reading.fields[.duration] == "500")
    #expect(reading.fields[.forwardedFor] == "203.0.113.9")
    #expect(reading.columns == [0: "abc", 1: "TLSv1.3", 2: "top"])
  }

  @Test func anApacheQueryKeepsNoQuestionMark() throws {
    let reading = try read("apache:%h %{usec}t %m %U %q %>s", "192.0.2.10 1795424400000250 GET /i ?c=7 200")
    #expect(reading.time == "2026-11-23T09:00:00.000250Z")
    #expect(reading.fields[.query] == "c=7")
    #expect(reading.fields[.status] == "200")
  }

  // MARK: GoAccess

  @Test(arguments: [
    (
      "goaccess:%h %^[%d:%t %^] \"%r\" %s %b \"%R\" \"%u\"",
      "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"GET /i HTTP/1.1\" 200 43 \"-\" \"x y\"", "2026-11-23T08:00:00Z"
    ),
    (
      "goaccess:COMBINED", "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"GET /i HTTP/1.1\" 200 43 \"-\" \"x y\"",
      "2026-11-23T08:00:00Z"
    ),
    (
      "goaccess:log-format %h %^[%d:%t %^] \"%r\" %s %b \"%R\" \"%u\"\ndate-format %d/%b/%Y\ntime-format %T\n",
      "192.0.2.10 - - [23/Nov/2026:09:00:00 +0100] \"GET /i HTTP/1.1\" 200 43 \"-\" \"x y\"", "2026-11-23T08:00:00Z"
    ),
    (
      "goaccess:%^ %dT%t.%^ %v %h:%^ %^ %^ %T %^ %s %^ %^ %b \"%r\" \"%u\"",
      "http 2026-11-23T09:00:00.463821Z app/ads 192.0.2.10:2817 - 0.0 0.001 0.0 200 200 34 43 \"GET /i HTTP/1.1\" \"x y\"",
      "2026-11-23T09:00:00.463821Z"
    ),
    (
      "goaccess:log-format %x.%^ %~%L %h %^/%s %b %m %U %u\ndate-format %s\ntime-format %s",
      "1795424400.127    310 192.0.2.10 TCP_MISS/200 43 GET /i x y", "2026-11-23T09:00:00.127Z"
    ),
    (
      "goaccess:--log-format='[%x] %h %m %U %s %b \"%u\"'\n--datetime-format='%Y-%m-%d %I:%M:%S %p %z'",
      "[2026-11-23 10:00:00 AM +0100] 192.0.2.10 GET /i 200 43 \"x y\"", "2026-11-23T09:00:00Z"
    ),
    (
      "goaccess:log-format %d\\t%t\\t%h\\t%m\\t%U\\t%s\\t%b\\t%u\ndate-format %Y-%m-%d\ntime-format %H:%M:%S",
      "2026-11-23\t09:00:00\t192.0.2.10\tGET\t/i\t200\t43\tx y", "2026-11-23T09:00:00Z"
    ),
    (
      "goaccess:log-format %x %h %m %U %s %b %u\ntime-format %*\ndate-format %*",
      "1795424400127 192.0.2.10 GET /i 200 43 x y", "2026-11-23T09:00:00.127Z"
    ),
  ])
  func goAccessFormatsAreRead(format: String, line: String, time: String) throws {
    let reading = try read(format, line)
    #expect(reading.outcome == .record)
    #expect(reading.time == time)
    #expect(reading.fields[.address]?.hasPrefix("192.0.2.10") == true)
    #expect(reading.fields[.method] == "GET")
    #expect(reading.fields[.target] == "/i")
    #expect(reading.fields[.status] == "200")
    #expect(reading.fields[.bytes] == "43")
    #expect(reading.fields[.userAgent] == "x y")
  }

  @Test func goAccessTakesTheFirstForwardedAddress() throws {
    let reading = try read(
      "goaccess:~h{, } - [%d:%t %^] \"%r\" %s",
      "203.0.113.9, 10.0.0.1 - [23/Nov/2026:09:00:00 +0000] \"GET /i HTTP/1.1\" 200")
    #expect(reading.fields[.address] == "203.0.113.9")
    #expect(reading.fields[.forwardedFor] == "203.0.113.9, 10.0.0.1")
    #expect(reading.fields[.status] == "200")
  }

  @Test func theSameLettersMeanOtherThingsToApacheAndGoAccess() throws {
    let line = "192.0.2.10 x [23/Nov/2026:09:00:00 +0000]"
    #expect(try read("apache:%h %u %t", line).fields[.user] == "x")
    #expect(try read("goaccess:%h %u [%d:%t %^]", line).fields[.userAgent] == "x")
  }

  // MARK: mistakes

  @Test(arguments: [
    ("nginx:$remote_addr$status", 13, "$status"), ("nginx:$remote_addr $", 14, "variable name"),
    ("nginx:log_format main '$remote_addr", 17, "never closed"), ("nginx:log_format main;", 16, "no value"),
    ("nginx:log_format main escape=html '$status';", 17, "escape=html"), ("nginx:${status", 1, "variable name"),
    ("apache:%h %y", 4, "%y"), ("apache:%h %{Referer", 4, "never closed"), ("apache:%h%u", 3, "%u"),
    ("apache:%h %", 4, "letter"), ("apache:%h %{%Q}t", 6, "%Q"), ("goaccess:%h %z", 4, "%z"),
    ("goaccess:%h%u", 3, "%u"), ("goaccess:~x %h", 1, "X-Forwarded-For"), ("goaccess:%h %", 4, "letter"),
  ])
  func aMistakeInAFormatIsNamedWithItsColumn(format: String, column: Int, mention: String) {
    do {
      _ = try FormatCatalog.format(named: format)
      Issue.record("\(format) was accepted")
    } catch {
      #expect(error.code == .settings)
      #expect(error.location?.column == column, "\(error)")
      #expect(error.message.contains(mention), "\(error)")
    }
  }

  @Test func aStringThatCouldBeTwoThingsIsRefusedWithAdvice() {
    for text in [#"%h %l %u %t "%r" %s %b"#, #"%h %^[%d:%t %^] "%r""#] {
      do {
        _ = try FormatCatalog.format(named: text)
        Issue.record("accepted")
      } catch {
        #expect(error.code == .settings && error.message.contains("goaccess:") && error.message.contains("apache:"))
      }
    }
  }
}
