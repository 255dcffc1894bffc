import AssayIngest
import AssayModel
import AssayReports
import Foundation
import TestSupport
import Testing

@testable import Assay

/// The impression id comes out of the line as the profile read it.
@Suite struct ImpressionFinderTests {
  private let bench = Workbench()

  private func found(_ id: String, in line: String) -> String? {
    ImpressionFinder.id(in: Array(line.utf8), hash: StableHash.of(text: id))
  }

  @Test(arguments: [
    ("abc-1", "GET /ad/impression?imp=abc-1&cid=x HTTP/1.1"), ("abc", "…?imp=abc HTTP/1.1\" 200"),
    ("a/b:c=d", "?imp=a%2Fb%3Ac%3Dd&x"), ("a/b:c=d", "?imp=a/b:c=d&x"), ("two words", "?imp=two+words"),
    ("a+b", "?imp=a%2Bb "), ("1+2", "a\t1+2\tb"), ("9", "7,8,9"), ("9", "7,8,\"9\""),
    ("id", "{\"imp\":\"id\",\"x\":1}"),
    ("r4nd", "oaparams=2__bannerid=1__cb=r4nd__oadest=http"), ("a_b", "imp=a_b;c"), ("ä", "imp=%C3%A4"),
    ("100%", "imp=100%"), ("x%zz", "imp=x%zz&"), ("a;b,c|d", "?imp=a;b,c|d&cid=x HTTP/1.1"),
    ("a;b,c|d e", "?imp=a%3Bb%2Cc%7cd+e&cid=x"), ("a&b=c", "?imp=a%26b%3dc&cid=x"),
    ("say \"a\"", "x,\"say \"\"a\"\"\",y"),
    ("say \"a\"", #"{"imp":"say \"a\"","x":1}"#), ("a\\b/c ü", #"{"imp":"a\\b\/c \u00fc"}"#),
    ("a\"b", #"?imp=a\x22b HTTP"#),
    ("a\\\"b", #"?imp=a\"b HTTP"#), ("a\"b", #"{"request":"GET /?imp=a%22b&x HTTP\/1.1"}"#),
    ("a&b;c", #"{"url":"\/ad?imp=a%26b;c\u0026x=1"}"#), ("1 + 1 = 2", "?imp=1+%2b+1+%3D+2"),
  ])
  func isFoundWhereverItStands(id: String, line: String) { #expect(found(id, in: line) == id) }

  @Test func whatIsNotThereIsNotFound() {
    #expect(found("abc", in: "?imp=abcd&x=xabc") == nil)
    #expect(found("abc", in: "") == nil)
    #expect(ImpressionFinder.id(in: Array("a b c".utf8), hash: 0) == nil)
  }

  @Test(.timeLimit(.minutes(1)))
  func aHostileLineCostsItsOwnLength() {
    for part in ["=", "a=", "&", "__", "%", "a/", "+%", "\\\"", "\"\"%+"] {
      #expect(found("abc", in: String(repeating: part, count: 65_536 / part.utf8.count)) == nil)
    }
  }

  /// Rows with `--events`, as pairs of impression id and hash.
  private func rows(_ input: String) async throws -> [(id: String?, hash: String)] {
    var files = RowFiles()
    files.events = bench.path("rows.ndjson")
    _ = try await bench.audit([input], [:], rows: files)
    return try bench.text(bench.path("rows.ndjson")).split(separator: "\n").map { line in
      let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return (row["impression_id"] as? String, row["impression_hash"] as? String ?? "")
    }
  }

  @Test func everyRowOfAPlainLogGivesItsId() async throws {
    let log = try bench.simulate("tiny,servers=1")[0]
    let rows = try await rows(log)
    #expect(rows.count > 20 && rows.contains { !$0.hash.isEmpty })
    for (id, hash) in rows {
      let digits = id.map { String(StableHash.of(text: $0), radix: 16) } ?? ""
      #expect(String(repeating: "0", count: id == nil ? 0 : 16 - digits.count) + digits == hash)
    }
  }

  @Test func aRowShowsTheIdThatTheLogHas() async throws {
    let query = [
      ("p;q", "p;q"), ("p,q", "p,q"), ("p|q", "p|q"), ("p q", "p+q"), ("p q", "p%20q"), ("p\"q", "p%22q"),
      ("p&q", "p%26q"),
    ]
    let beacons = query.map { combined("/ad/impression?imp=\($0.1)&cid=c") }
    #expect(Set(try await rows(bench.write(beacons.joined(), to: "a.log")).map(\.id)) == Set(query.map { $0.0 }))
    let objects = [#"p \"q\""#, "p;q|r,s"].map {
      #"{"time":"2026-11-23T09:00:00Z","ip":"203.0.113.7","method":"GET","path":"/ad/impression","query":"imp=\#($0)","status":200}"#
        + "\n"
    }
    let found = try await rows(bench.write(objects.joined(), to: "a.json"))
    #expect(Set(found.map(\.id)) == ["p \"q\"", "p;q|r,s"])
  }

  @Test func aCompressedLogGivesTheHashAlone() async throws {
    let log = try bench.simulate("tiny,servers=1")[0]
    let plain = try await rows(log)
    let packed = try await rows(bench.folder.write(Compression.gzip.member(try bench.bytes(log)), to: "packed"))
    #expect(packed.map(\.hash) == plain.map(\.hash) && packed.allSatisfy { $0.id == nil })
  }

  @Test func manyRowsOfOneVisitorAreReadInParts() async throws {
    let lines = (0..<9_000).map { combined("/ad/impression?imp=i\($0)&cid=c", from: "203.0.113.7", agent: "curl/8") }
    let rows = try await rows(bench.write(lines.joined(), to: "a.log"))
    #expect(Set(rows.map(\.id)) == Set((0..<9_000).map { "i\($0)" }))
  }
}
