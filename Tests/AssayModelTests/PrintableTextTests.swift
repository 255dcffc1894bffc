import AssayModel
import Testing

struct PrintableTextTests {
  @Test(arguments: ["", "plain text", "Zürich, 東京, 🙂", "a\\x1b stays", "quote \" and ' and <b>", "é as e + \u{301}"])
  func ordinaryTextIsNotChanged(text: String) {
    #expect(printableText(text.utf8) == text)
  }

  @Test(arguments: [
    ("\u{1b}[31mred", "\\x1b[31mred"), ("a\u{0}b", "a\\x00b"), ("line\nline\ttab\r", "line\\x0aline\\x09tab\\x0d"),
    ("\u{7f}", "\\x7f"), ("\u{85}\u{9b}", "\\xc2\\x85\\xc2\\x9b"), ("\u{202e}exe", "\\xe2\\x80\\xaeexe"),
    ("\u{2066}x\u{2069}", "\\xe2\\x81\\xa6x\\xe2\\x81\\xa9"), ("\u{2028}", "\\xe2\\x80\\xa8"),
  ])
  func whatCouldActOnATerminalIsSpelledOut(text: String, printed: String) {
    #expect(printableText(text.utf8) == printed)
  }

  // Ill-formed sequences of the Unicode standard, chapter 3: every byte is spelled out, nothing is replaced.
  @Test(
    arguments: [
      ([0xff], "\\xff"), ([0x80], "\\x80"), ([0xc3], "\\xc3"), ([0xc3, 0x28], "\\xc3("), ([0xc0, 0xaf], "\\xc0\\xaf"),
      ([0xe0, 0x80, 0xaf], "\\xe0\\x80\\xaf"), ([0xed, 0xa0, 0x80], "\\xed\\xa0\\x80"),
      ([0xf0, 0x9f, 0x98], "\\xf0\\x9f\\x98"), ([0xf4, 0x90, 0x80, 0x80], "\\xf4\\x90\\x80\\x80"),
      ([0xf5, 0x80, 0x80, 0x80], "\\xf5\\x80\\x80\\x80"), ([0x61, 0xe2, 0x82, 0xac, 0xe2, 0x82], "a€\\xe2\\x82"),
      ([0xf4, 0x8f, 0xbf, 0xbd], "\u{10fffd}"), ([0xee, 0x80, 0x80], "\u{e000}"),
    ] as [([UInt8], String)])
  func bytesThatAreNotUTF8AreSpelledOut(bytes: [UInt8], printed: String) {
    #expect(printableText(bytes) == printed)
  }

  @Test func aTextOfSeveralLinesKeepsItsLineEnds() {
    #expect(printableLines("a\n\u{1b}[2J\n\nb\r\n") == "a\n\\x1b[2J\n\nb\\x0d\n")
    let error = AssayError(
      .settings, "“\u{1b}[31m” is wrong:\n  here", at: .init(source: "a\n\u{1b}b", line: 3), cause: "\u{9b}31m")
    #expect(
      error.description == "a\\x0a\\x1bb:3: “\\x1b[31m” is wrong:\n  here (\\xc2\\x9b31m)")
  }

  @Test func everyTwoBytesGiveTextThatCannotAct() {
    for first in UInt8.min...UInt8.max {
      for second in stride(from: UInt8(0), through: 250, by: 5) {
        let text = printableText([first, second])
        #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f..<0xa0).contains($0.value) })
      }
    }
  }
}
