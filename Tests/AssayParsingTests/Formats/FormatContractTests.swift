import AssayModel
import AssayParsing
import Foundation
import TestSupport
import Testing

/// What every format of the catalogue promises, checked on its own samples.
@Suite struct FormatContractTests {
  @Test(arguments: Named.all)
  func everySampleGivesWhatItSays(of named: Named) throws {
    for sample in named.format.samples {
      let parser = try named.format.makeParser(ParserRequest())
      let readings = Reading.all(Array(sample.text.utf8), parser)
      guard let reading = readings.last else {
        #expect(sample.issue == "ignored", "\(sample.text)")
        continue
      }
      #expect(reading.issue == sample.issue, "\(sample.text): \(reading.outcome)")
      guard sample.issue == nil else { continue }
      #expect(reading.time == sample.time, "\(sample.text)")
      for (field, value) in sample.fields.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        #expect(reading.fields[field] == value, "\(field) of \(sample.text)")
      }
    }
  }

  @Test(arguments: Named.all)
  func everyFormatHasFourRecordsAndOneMalformedLine(of named: Named) {
    let samples = named.format.samples
    #expect(samples.count { $0.issue == nil } >= 4)
    #expect(samples.contains { $0.issue != nil && $0.issue != "ignored" })
  }

  @Test(arguments: Named.all)
  func noPrefixOfASampleTrapsOrIsReadBeyondItsEnd(of named: Named) throws {
    for sample in named.format.samples {
      let bytes = Array(sample.text.utf8)
      let lines = EverySplitVerifier<Reading>.lines(of: bytes)
      guard let last = lines.last else { continue }
      var fresh = try named.format.makeParser(ParserRequest())
      for line in lines.dropLast() { _ = Reading(line, &fresh) }
      for count in 0...last.count {
        var parser = fresh
        // Other decoys must not change what is read, so both readings see the same fields.
        let prefix = Array(last[..<count])
        var twin = parser
        var fields = LineFields()
        let outcome = twin.parse(prefix.span, into: &fields)
        #expect(Reading(prefix, &parser).outcome == outcome)
      }
    }
  }

  @Test(arguments: Named.all)
  func noFlippedByteTraps(of named: Named) throws {
    var random = SeededGenerator(seed: 7)
    let interesting = Array("\"\\[]{}- :/|#%\t\0".utf8) + [0xff, 0x80]
    for sample in named.format.samples {
      let lines = EverySplitVerifier<Reading>.lines(of: Array(sample.text.utf8))
      guard let last = lines.last, !last.isEmpty else { continue }
      var fresh = try named.format.makeParser(ParserRequest())
      for line in lines.dropLast() { _ = Reading(line, &fresh) }
      for _ in 0..<300 {
        var parser = fresh
        var line = last
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let index = Int.random(in: line.indices, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: line[index] = UInt8.random(in: 0...255, using: &random)
          case 1: line[index] = interesting[Int.random(in: interesting.indices, using: &random)]
          case 2: line.insert(interesting[Int.random(in: interesting.indices, using: &random)], at: index)
          default: if line.count > 1 { line.remove(at: index) }
          }
        }
        let reading = Reading(line, &parser)
        if case .malformed(let column, let name, let expected) = reading.outcome {
          #expect(column >= 0 && column <= line.count && !name.isEmpty && !expected.isEmpty)
        }
      }
    }
  }

  @Test(arguments: Named.all)
  func aTextMayBeCutAtAnyLineEnd(of named: Named) throws {
    guard named.format.card.splittable else { return }
    let text = Array(named.format.samples.map { $0.text + "\n" }.joined().utf8)
    let verifier = EverySplitVerifier { chunk in
      (try? named.format.makeParser(ParserRequest())).map { Reading.all(chunk, $0) } ?? []
    }
    #expect(verifier.failures(in: text) == [])
  }

  @Test func idsAndAliasesAreUniqueAndWellFormed() {
    var seen: Set<String> = []
    for format in FormatCatalog.all {
      let id = format.card.id
      #expect(id.utf8.allSatisfy { $0 == 45 || (48...57).contains($0) || (97...122).contains($0) }, "\(id)")
      #expect(!format.card.title.isEmpty && format.card.reference.hasPrefix("https://"), "\(id)")
      for name in [id] + format.card.aliases {
        #expect(seen.insert(name.lowercased()).inserted, "\(name) names two formats")
      }
    }
  }

  @Test func everyFormatIsAFileAndEveryFileIsInTheCatalogue() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appending(path: "Sources/AssayParsing/Formats")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var names: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains(": LogFormat {") else { continue }
      names.insert(file.deletingPathExtension().lastPathComponent.lowercased())
    }
    #expect(Set(FormatCatalog.all.map { $0.card.id.replacing("-", with: "") }) == names)
  }
}
