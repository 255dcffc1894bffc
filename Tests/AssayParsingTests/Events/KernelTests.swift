import AssayModel
import TestSupport
import Testing

@testable import AssayParsing

/// The fast paths against slow twins.
@Suite struct KernelTests {
  @Test func theFastHashEqualsItsDefinition() {
    var random = SeededGenerator(seed: 1)
    for length in 0..<200 {
      let bytes = (0..<length + 20).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let start = random.below(20)
      let slow = StableHash.of(bytes: Array(bytes[start..<start + length]).span)
      let fast = stableHash(bytes.span, from: start, to: start + length)
      #expect(fast == slow, "\(length) bytes from \(start)")
    }
  }

  @Test func comparisonsOfAllLengthsAreExact() {
    var random = SeededGenerator(seed: 2)
    for length in 0..<70 {
      var left = (0..<length + 5).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let right = [UInt8](repeating: 9, count: 3) + left[2..<2 + length]
      var isSame = sameBytes(left.span, at: 2, right.span, at: 3, count: length)
      #expect(isSame)
      for index in 0..<length {
        left[2 + index] ^= 1
        isSame = sameBytes(left.span, at: 2, right.span, at: 3, count: length)
        #expect(!isSame)
        left[2 + index] ^= 1
      }
    }
  }

  @Test func slotsHaveOneHashOnlyWhenLinesSayTheSame() {
    /// What two lines must agree in.
    struct Said: Hashable {
      var given: UInt64
      var omits: UInt32
      var shapes: [UInt64]
      var texts: [[UInt8]]
    }
    var random = SeededGenerator(seed: 12)
    var (hashes, texts): ([Said: UInt64], [UInt64: Said]) = ([:], [:])
    for _ in 0..<20_000 {
      let bytes = (0..<60).map { _ in UInt8(ascii: "a") + UInt8(random.below(2)) }
      var (request, said) = (Request(), Said(given: 0, omits: UInt32(random.below(2)), shapes: [], texts: []))
      for ordinal in [0, 1, 63] where random.below(2) == 0 {
        let start = random.below(60)
        // Mostly few bytes, so that the same comes again, and now and then more than a word or two.
        let end = min(60, start + (random.below(4) > 0 ? random.below(3) : random.below(30)))
        let piece = Piece(start, end, random.below(2) == 0 ? .plain : .form)
        request.keep(ordinal, piece)
        said.shapes.append(piece.shape)
        said.texts.append(Array(bytes[start..<end]))
      }
      said.given = request.given
      let hash = slotHash(request.values, request.given, said.omits, bytes.span, secret: 5)
      #expect(hashes[said] ?? hash == hash)
      #expect(texts[hash] ?? said == said)
      (hashes[said], texts[hash]) = (hash, said)
    }
    #expect(hashes.count > 1_000 && hashes.count < 15_000)
  }

  @Test func plainTextIsToldInEveryLengthAndPlace() {
    for length in 0..<70 {
      var bytes = [UInt8](repeating: UInt8(ascii: "a"), count: length + 6)
      for place in bytes.indices {
        for byte in "%+[{".utf8 {
          bytes[place] = byte
          let isOutside = place < 3 || place >= 3 + length
          let found = isPlain(bytes.span, from: 3, to: 3 + length)
          #expect(found == isOutside, "\(length) \(place) \(byte)")
        }
        for byte in ";]}z$&".utf8 {
          bytes[place] = byte
          let found = isPlain(bytes.span, from: 3, to: 3 + length)
          #expect(found)
        }
        bytes[place] = UInt8(ascii: "a")
      }
    }
  }

  @Test func dottedDecimalsAgreeWithTheFullReader() {
    var random = SeededGenerator(seed: 8)
    var good = 0
    for _ in 0..<20_000 {
      var text = (0..<4).map { _ in "\(random.below(300))" }.joined(separator: ".").utf8.map { $0 }
      if random.below(2) == 0 { text[random.below(text.count)] = Array("0.:/19-".utf8)[random.below(7)] }
      let padded = [UInt8(ascii: "1")] + text + Array("1.2.3.4.5.6.7.8.9.10.11".utf8)
      let fast = dottedDecimal(padded.span, from: 1, to: 1 + text.count)
      let slow = Address(parsing: padded.span, from: 1, to: 1 + text.count)
      // What ends with its bytes is left to the full reader.
      let short = dottedDecimal(text.span, from: 0, to: text.count)
      #expect(short == nil)
      #expect(fast == slow, "\(String(decoding: text, as: UTF8.self))")
      good += fast == nil ? 0 : 1
    }
    #expect(good > 2_000)
  }

  @Test(arguments: [UInt64(0), 7]) func equalStringsShareAnOrdinalAndOthersDoNot(secret: UInt64) {
    var (table, random) = (InternTable(secret: secret), SeededGenerator(seed: 3))
    var known: [[UInt8]: UInt32] = [:]
    for _ in 0..<20_000 {
      let text = random.text(Array("abc".utf8), upTo: 9)
      let found = table.intern(text.span, from: 0, to: text.count)
      #expect(found.isNew == (known[text] == nil))
      #expect(known[text] ?? found.ordinal == found.ordinal)
      #expect(table.text(found.ordinal) == text)
      known[text] = found.ordinal
    }
    #expect(table.count == known.count)
  }

  @Test func globsAgreeWithASlowTwin() {
    /// The definition: a star takes nothing, or one byte and stays.
    func slow(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
      guard let first = pattern.first else { return text.isEmpty }
      if first == UInt8(ascii: "*") {
        return slow(pattern.dropFirst(), text) || !text.isEmpty && slow(pattern, text.dropFirst())
      }
      return text.first == first && slow(pattern.dropFirst(), text.dropFirst())
    }
    var random = SeededGenerator(seed: 4)
    var matches = 0
    for _ in 0..<20_000 {
      let pattern = random.text(Array("ab*".utf8), upTo: 6)
      let text = random.text(Array("ab".utf8), upTo: 8)
      var storage = Array("pad".utf8)
      let glob = CompiledGlob(Glob(String(decoding: pattern, as: UTF8.self)), &storage)
      let padded = [1] + text + [2]
      let isMatch = glob.matches(padded.span, from: 1, to: 1 + text.count, storage)
      #expect(isMatch == slow(pattern[...], text[...]), "\(pattern) on \(text)")
      matches += isMatch ? 1 : 0
    }
    #expect(matches > 2_000)
  }

  @Test func longGlobsAreComparedWhole() {
    var storage: [UInt8] = []
    let suffix = CompiledGlob(Glob("*/a/long/ad/impression"), &storage)
    let prefix = CompiledGlob(Glob("/delivery/scripts/*"), &storage)
    let exact = CompiledGlob(Glob("/exactly/this/path"), &storage)
    func matches(_ glob: CompiledGlob, _ text: String) -> Bool {
      let bytes = Array(text.utf8)
      return glob.matches(bytes.span, from: 0, to: bytes.count, storage)
    }
    #expect(matches(suffix, "/x/a/long/ad/impression") && !matches(suffix, "/x/b/long/ad/impression"))
    #expect(!matches(suffix, "/long/ad/impression"))
    #expect(matches(prefix, "/delivery/scripts/") && !matches(prefix, "/delivery/scriptz/") && !matches(prefix, "/d"))
    #expect(matches(exact, "/exactly/this/path") && !matches(exact, "x/exactly/this/path"))
  }

  @Test func methodsAreToldApart() {
    func method(_ text: String) -> RequestMethod {
      let bytes = Array((text + "GET").utf8)
      return RequestMethod(bytes.span, from: 0, to: text.utf8.count)
    }
    let names = ["", "-", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND", "get", "GE", "OPTIONSX"]
    let expected: [RequestMethod] = [
      .none, .none, .get, .head, .post, .put, .delete, .options, .other, .other, .other, .other,
    ]
    #expect(names.map(method) == expected)
  }
}
