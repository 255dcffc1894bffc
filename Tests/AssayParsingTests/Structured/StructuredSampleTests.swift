import AssayModel
import AssayParsing
import TestSupport
import Testing

/// Every sample of every structured format, so that the test's name says which one fails.
private let samples: [(id: String, sample: FormatSample)] = structuredFormats.flatMap { format in
  format.samples.map { (format.card.id, $0) }
}

private let ids = structuredFormats.map { $0.card.id }

@Suite("Samples of the structured formats")
struct StructuredSampleTests {
  @Test("A sample gives what it says", arguments: samples)
  func givesWhatItSays(id: String, sample: FormatSample) throws {
    let parsed = try ParsedLine.last(of: sample.text, as: structuredFormat(id))
    #expect(parsed.issue == sample.issue, "\(sample.text)")
    guard sample.issue == nil else { return }
    #expect(parsed.fields == sample.fields, "\(sample.text)")
    #expect(parsed.time == sample.time, "\(sample.text)")
  }

  @Test("Each format has at least four records and a malformed line", arguments: ids)
  func hasEnough(id: String) throws {
    let format = try structuredFormat(id)
    #expect(format.samples.count { $0.issue == nil } >= 4)
    #expect(format.samples.contains { $0.issue.map { $0 != "ignored" } ?? false })
  }

  @Test("Ids and aliases are unique and issue names begin with the id")
  func namesAreUnique() throws {
    let names = structuredFormats.flatMap { [$0.card.id] + $0.card.aliases }
    #expect(Set(names).count == names.count)
    #expect(ids == ids.sorted())
    for (id, sample) in samples {
      #expect(sample.issue.map { $0 == "ignored" || $0.hasPrefix(id + ".") } ?? true)
    }
  }

  @Test("Lines cut at every byte neither trap nor name a byte outside", arguments: ids)
  func everyPrefix(id: String) throws {
    let format = try structuredFormat(id)
    for sample in format.samples {
      var lines = sample.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(
        Array.init)
      let last = lines.removeLast()
      for end in 0...last.count {
        var parser = try format.makeParser(ParserRequest(columns: ["x"]))
        for line in lines { _ = ParsedLine(&parser, line) }
        check(ParsedLine(&parser, Array(last[..<end]), columns: 1), end)
      }
    }
  }

  @Test("Lines with flipped bytes never trap", arguments: ids)
  func flippedBytes(id: String) throws {
    let format = try structuredFormat(id)
    var numbers = SeededGenerator(seed: 7)
    for sample in format.samples {
      let lines = sample.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(
        Array.init)
      for _ in 0..<60 {
        var parser = try format.makeParser(ParserRequest())
        for line in lines {
          var line = line
          for _ in 0..<Int.random(in: 1...4, using: &numbers) where !line.isEmpty {
            let interesting: [UInt8] = [
              0, 0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a, 0x25, 0x2d, 0x80, 0xff, 0x75,
            ]
            line[Int.random(in: 0..<line.count, using: &numbers)] =
              Bool.random(using: &numbers)
              ? interesting[Int.random(in: 0..<interesting.count, using: &numbers)]
              : UInt8.random(in: 0...255, using: &numbers)
          }
          check(ParsedLine(&parser, line), line.count)
        }
      }
    }
  }

  /// That an outcome makes sense; that its fields lie inside is what `ParsedLine` traps on.
  private func check(_ parsed: ParsedLine, _ count: Int) {
    guard case .malformed(let column, let name, let expected) = parsed.outcome else { return }
    #expect(column >= 0 && column <= count)
    #expect(!name.isEmpty && !expected.isEmpty)
  }
}
