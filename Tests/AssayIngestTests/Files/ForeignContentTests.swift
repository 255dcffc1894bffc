import AssayIngest
import TestSupport
import Testing

@Suite struct ForeignContentTests {
  private func told(_ bytes: [UInt8], in compression: Compression = .plain) -> ForeignContent? {
    ForeignContent.tell(bytes.span, in: compression)
  }

  /// A header of ustar with a name, and a file behind it.
  private func archive(_ magic: [UInt8]) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    header.replaceSubrange(0..<10, with: Array("access.log".utf8))
    header.replaceSubrange(257..<265, with: magic)
    return header + Array("203.0.113.7 - - [23/Nov/2026:09:00:00 +0000]\n".utf8)
  }

  @Test func archivesAreTold() {
    for magic in [Array("ustar\u{0}00".utf8), Array("ustar  \u{0}".utf8)] {
      #expect(told(archive(magic))?.title == "a tar archive")
      #expect(told(archive(magic), in: .gzip)?.advice.contains("tar -xOf FILE | assay audit -") == true)
      // What is not whole is not told.
      #expect(told(Array(archive(magic)[..<264])) == nil)
    }
    for (start, title) in [
      ("PK\u{3}\u{4}", "ZIP"), ("7z\u{bc}", nil), ("Rar!\u{1a}\u{7}", "RAR"), ("PK\u{5}\u{6}", "ZIP"), ("PK log", nil),
    ] {
      let content = told(Array(start.utf8) + Array("…\n".utf8))
      #expect(title.map { content?.title.contains($0) == true } ?? (content == nil))
    }
    #expect(told([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0])?.issue == "input.archive")
    #expect(told(Array("ElfFile\u{0}".utf8))?.title == "an event log of Windows")
    #expect(told(Array("SQLite format 3\u{0}".utf8))?.issue == "input.binary")
  }

  @Test func whatIsCompressedTwiceIsToldByItsInnerCompression() {
    for inner in Compression.compressing {
      let content = told(inner.member([1, 2, 3]), in: .gzip)
      #expect(content?.issue == "input.compressed" && content?.title.hasPrefix("\(inner.rawValue) data") == true)
    }
    #expect(told(Compression.gzip.member([]), in: .gzip)?.advice == "unpack it once (gzip -dc FILE | assay audit -)")
    #expect(told([0x1f, 0x9d, 0x90, 1])?.title.hasPrefix("compress (.Z)") == true)
  }

  @Test(arguments: [
    ("a\rb\r", true), ("a\rb", true), ("a\r", false), ("a", false), ("", false), ("a\r\nb\r\n", false),
    ("a\rb\n", false), ("\r\r", true), ("a\r\u{0}b", false),
  ])
  func linesThatEndWithACarriageReturnAloneAreTold(text: String, isTold: Bool) {
    #expect((told(Array(text.utf8))?.issue == "input.bare-carriage-returns") == isTold)
  }
}
