import TestSupport
import Testing

@testable import AssayParsing

/// What is remembered of paths against what is worked out anew.
@Suite struct PathFactsTests {
  @Test func rememberedPathsSayTheSame() throws {
    var (rows, names) = (ConditionRows(), NameCollector(profile: "test"))
    for pattern in ["*/ad/impression", "/a*", "*", "/ad/*/x", "/exact", "*n"] {
      _ = try rows.add(Condition(paths: [Glob(pattern)]), &names)
    }
    _ = try rows.add(Condition(methods: ["GET"]), &names)
    let table = ConditionTable(rows)
    let nothing: [UInt8] = []
    var cache = PathCache(filler: PathFacts(nothing.span, .none, table))
    var random = SeededGenerator(seed: 4)
    let words = ["/ad", "/impression", "/exact", "/a", "%2F", "n", "/x", String(repeating: "long", count: 40), ""]
    var seen: Set<UInt64> = []
    for _ in 0..<20_000 {
      let text = Array((0..<random.below(5)).map { _ in words[random.below(words.count)] }.joined().utf8)
      let bytes = Array("before".utf8) + text + Array("behind it".utf8)
      let path = Piece(6, 6 + text.count)
      let (fast, slow) = (cache.facts(of: path, bytes.span, table), PathFacts(bytes.span, path, table))
      #expect(fast.page == slow.page && fast.isPlain == slow.isPlain && fast.conditions == slow.conditions)
      seen.insert(fast.conditions)
    }
    #expect(seen.count > 6)
  }
}
