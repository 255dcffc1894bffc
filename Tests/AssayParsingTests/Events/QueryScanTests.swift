import AssayModel
import TestSupport
import Testing

@testable import AssayParsing

private let noConditions = ConditionTable(ConditionRows())

extension Request {
  /// A request of a profile without conditions.
  init() { self.init(noConditions) }
}

/// Finding wanted values, against slow twins.
@Suite struct QueryScanTests {
  static let names = ["imp", "a", "cid", "campaign1", "campaign2", "a long name", "x", "abcdefgh"]

  static let wanted = NameTable(names.enumerated().map { ($1, $0) })

  /// Splits and decodes one step after another.
  static func slow(_ query: [UInt8]) -> [Int: [UInt8]] {
    func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
      var (output, rest): ([UInt8], [UInt8]) = ([], Array(bytes))
      while let first = rest.first {
        if first == UInt8(ascii: "%"), rest.count >= 3,
          let value = UInt8(String(decoding: rest[1...2], as: UTF8.self), radix: 16), rest[1] != UInt8(ascii: "+")
        {
          output.append(value)
          rest.removeFirst(3)
        } else {
          output.append(first == UInt8(ascii: "+") ? UInt8(ascii: " ") : first)
          rest.removeFirst()
        }
      }
      return output
    }
    var found: [Int: [UInt8]] = [:]
    for item in query.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
      let parts = item.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(decoding: decoded(parts[0]), as: UTF8.self)
      guard let ordinal = names.firstIndex(of: name), found[ordinal] == nil else { continue }
      found[ordinal] = parts.count > 1 ? decoded(parts[1]) : []
    }
    return found
  }

  static func fast(_ query: [UInt8], padding: [UInt8] = []) -> [Int: [UInt8]] {
    var request = Request()
    return fast(query, padding: padding, &request)
  }

  static func fast(_ query: [UInt8], padding: [UInt8], _ request: inout Request) -> [Int: [UInt8]] {
    let bytes = padding + query + padding
    var scratch: [UInt8] = []
    request.locate(
      bytes.span, method: .none, status: .none, host: .none, target: nil, path: .none,
      query: Piece(padding.count, padding.count + query.count), noConditions)
    request.scanQuery(bytes.span, wanted, &scratch)
    var found: [Int: [UInt8]] = [:]
    for ordinal in names.indices {
      guard let piece = request[ordinal] else { continue }
      found[ordinal] = withText(piece, of: bytes.span, &scratch) { text, start, end in
        (start..<end).map { text[$0] }
      }
    }
    return found
  }

  @Test(arguments: [
    "imp=1&a=2", "imp=1&imp=2", "imp=&imp=2", "imp", "imp&a=1", "=5&a=1", "&&a=1&&", "a==", "a=b=c", "%69mp=1",
    "a+long+name=x+y", "a%20long%20name=%2B", "campaign1=1&campaign2=2&campaign3=3", "a=%zz%4", "a=%", "x=1&A=2",
    "abcdefgh=1&abcdefghi=2&abcdefg=3", "a=" + String(repeating: "v", count: 100) + "&x=1",
    String(repeating: "n", count: 100) + "=1&x=1", "%=1&x=%41", "a=1;x=2", "x=%00",
  ])
  func namedCasesAgreeWithTheTwin(query: String) {
    let bytes = Array(query.utf8)
    let long = String(repeating: "&a=%", count: 16)
    for padding in ["", "%", "&a=9&", "==", "12345678%+&=", long, "1" + long] {
      #expect(QueryScanTests.fast(bytes, padding: Array(padding.utf8)) == QueryScanTests.slow(bytes))
    }
  }

  @Test func randomQueriesAgreeWithTheTwin() {
    var random = SeededGenerator(seed: 5)
    let pieces = [
      "imp", "a", "cid", "campaign1", "campaign2", "a+long+name", "%61", "x", "&", "&", "=", "=", "%", "+", "%4", "1",
    ]
    // Queries with fewer than 64 bytes around them are read by another way.
    let paddings = ["%", "", "=aaaaaaaa", "&imp=1&a=2", "a=1&x=2&imp=3", "gh=aaaaaaa", "&a&a&a&a&a"].flatMap {
      [Array($0.utf8), Array(String(repeating: $0, count: 9).utf8)]
    }
    // One request for all of them, as in a run: what stood in the last query must not matter.
    var request = Request()
    var given = 0
    for number in 0..<30_000 {
      // Every other query is plain.
      let known = number % 2 == 0 ? pieces : pieces.filter { !$0.contains("%") && !$0.contains("+") } + ["abcdefgh"]
      let query = (0..<random.below(14)).flatMap { _ in Array(known[random.below(known.count)].utf8) }
      let slow = QueryScanTests.slow(query)
      let fast = QueryScanTests.fast(query, padding: paddings[random.below(paddings.count)], &request)
      #expect(fast == slow, "\(String(decoding: query, as: UTF8.self))")
      given += slow.count
    }
    #expect(given > 6_000)
  }

  @Test(arguments: [
    ("2__bannerid=7__zoneid=3__cb=ab", ["7", "3", "ab"]), ("1,bannerid=7,zoneid=,cb", ["7", "", ""]),
    ("2__bannerid=7_8__zoneid=1", ["7_8", "1", nil]), ("2__bannerid=7__bannerid=8", ["7", nil, nil]),
    ("0bannerid=7", [nil, nil, nil]), ("", [nil, nil, nil]), ("9__bannerid=7", [nil, nil, nil]),
    ("x__bannerid=7", [nil, nil, nil]), ("2__", [nil, nil, nil]), ("2_", [nil, nil, nil]),
    ("2__bannerid=7__", ["7", nil, nil]), ("2__bannerid=7_", ["7_", nil, nil]),
  ])
  func packedParametersAreTakenApart(text: String, expected: [String?]) {
    let names = NameTable([("bannerid", 0), ("zoneid", 1), ("cb", 2)])
    let bytes = Array(text.utf8)
    var request = Request()
    request.scanPacked(bytes.span, Piece(0, bytes.count), names)
    #expect((0..<3).map { string(request[$0], bytes) } == expected)
  }

  @Test(arguments: [
    ("id=1; sid=2", ["1", "2"]), ("id=1;sid=2", ["1", "2"]), ("sid=\"q\"; id=%41", ["%41", "q"]),
    ("id=1; id=2", ["1", nil]), ("id", [nil, nil]), ("=1; id=", ["", nil]), ("; ;id=a=b ;", ["a=b", nil]),
    ("xid=1; idx=2", [nil, nil]), ("", [nil, nil]), ("id=\"", ["\"", nil]),
  ])
  func cookiesAreTakenApart(text: String, expected: [String?]) {
    let bytes = Array(text.utf8)
    var request = Request()
    request.scanCookies(bytes.span, from: 0, to: bytes.count, NameTable([("id", 0), ("sid", 1)]))
    #expect([0, 1].map { string(request[$0], bytes) } == expected)
  }

  private func string(_ piece: Piece?, _ bytes: [UInt8]) -> String? {
    piece.map { String(decoding: bytes[$0.lower..<$0.upper], as: UTF8.self) }
  }
}
