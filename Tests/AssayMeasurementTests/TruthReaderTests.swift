import AssayMeasurement
import AssayModel
import Testing

struct TruthReaderTests {
  private func labels(_ rows: String..., ending: String = "\n") throws -> [TruthLabel] {
    try labels(text: ([TruthReader.header] + rows).joined(separator: ending))
  }

  private func labels(text: String) throws -> [TruthLabel] {
    try labels(bytes: Array(text.utf8))
  }

  private func labels(bytes: [UInt8]) throws -> [TruthLabel] {
    try TruthReader.labels(bytes.span, name: "truth.csv")
  }

  /// The description of the error that some rows give.
  private func problem(_ text: String) -> String {
    let error = #expect(throws: AssayError(.unreadable, "")) {
      try labels(text: TruthReader.header + "\n" + text)
    }
    return error?.description ?? ""
  }

  private let label = TruthLabel(
    source: "logs/a.log", offset: 120, line: 2, kind: .impression, family: "office", truth: .valid, category: "",
    viewable: .viewable)

  @Test(arguments: ["\n", "\r\n"])
  func rowsBecomeLabels(ending: String) throws {
    let rows = ["logs/a.log,120,2,impression,office,valid,-,yes", "b.log,0,1,click,stuffer,sivt,S_CLICK_SPAM,-"]
    var second = label
    (second.source, second.offset, second.line, second.kind) = ("b.log", 0, 1, .click)
    (second.family, second.truth, second.category, second.viewable) = ("stuffer", .sivt, "S_CLICK_SPAM", nil)
    #expect(try labels(rows[0], rows[1], ending: ending) == [label, second])
    #expect(try labels(rows[0], rows[1], "", ending: ending) == [label, second])
  }

  @Test func aLastColumnMayNameTheNetwork() throws {
    let text = "\(TruthReader.header),network\nlogs/a.log,120,2,impression,office,valid,-,yes,"
    var named = label
    named.network = "chameleon-1"
    #expect(try labels(text: text + "chameleon-1") == [named])
    #expect(try labels(text: text + "-") == [label])
    let error = #expect(throws: AssayError(.unreadable, "")) { try labels(text: text.dropLast() + "") }
    #expect(error?.description.hasPrefix("truth.csv:2: the line has 8 fields instead of 9") == true)
  }

  @Test func aFileOfOnlyTheHeaderHasNoLabels() throws {
    #expect(try labels().isEmpty)
    #expect(try labels("").isEmpty)
  }

  @Test func quotedFieldsMayHoldAnything() throws {
    let rows = try labels(
      #""a, ""b"".log",120,2,impression,office,valid,,yes"#, "\"x\ny.log\",1,9,page,\"o\",givt,G_DC_IP,-")
    #expect(rows.map(\.source) == ["a, \"b\".log", "x\ny.log"])
    #expect(rows[0].category == "")
    #expect(rows[1].family == "o")
  }

  @Test(arguments: ["", "source,offset\n", "source,offset,line,kind,family,truth,viewable,category\n"])
  func anotherHeaderIsRefused(text: String) {
    let error = #expect(throws: AssayError(.unreadable, "")) { try labels(text: text) }
    #expect(error?.description.hasPrefix("truth.csv:1: the first line must be") == true)
  }

  @Test(arguments: [
    ("a,1,1,page,o,valid,-", "truth.csv:2: the line has 7 fields instead of 8"),
    ("a,1,1,page,o,valid,-,-\n\n", "truth.csv:3: the line has 1 fields instead of 8"),
    (",1,1,page,o,valid,-,-", "truth.csv:2: source is empty"),
    ("a,1,1,page,,valid,-,-", "truth.csv:2: family is empty"),
    ("a,-1,1,page,o,valid,-,-", "truth.csv:2: offset is “-1”; it must be a whole number from 0"),
    ("a,+1,1,page,o,valid,-,-", "truth.csv:2: offset is “+1”"),
    ("a,,1,page,o,valid,-,-", "truth.csv:2: offset is “”"),
    ("a,99999999999999999999,1,page,o,valid,-,-", "truth.csv:2: offset is “99999999999999999999”"),
    ("a,1,0,page,o,valid,-,-", "truth.csv:2: line is “0”; it must be a whole number from 1"),
    ("a,1,1,view,o,valid,-,-", "truth.csv:2: kind is “view”; it must be one of page, ad-request, impression"),
    (
      "a,1,1,page,o,suspicious,-,-",
      "truth.csv:2: truth is “suspicious”; it must be one of valid, givt, sivt, excluded."
    ),
    ("a,1,1,page,o,valid,-,maybe", "truth.csv:2: viewable is “maybe”"),
    ("\"a\nb\",1,1,page,o,valid,-,-\na,1,1,page,o,bad,-,-", "truth.csv:4: truth is “bad”"),
    ("\"a,1,1,page,o,valid,-,-", "truth.csv:2: a quoted field is not closed"),
    ("\"", "truth.csv:2: a quoted field is not closed"),
    ("\"a\"b,1,1,page,o,valid,-,-", "truth.csv:2: text follows a closing quote"),
    ("a\"b,1,1,page,o,valid,-,-", "truth.csv:2: a quote stands inside a field"),
    ("a,1,1,page,o,valid,-,-\rb", "truth.csv:2: a carriage return stands alone"),
    ("a,1,1,\u{1b}[31m,o,valid,-,-", "truth.csv:2: kind is “\\x1b[31m”"),
  ])
  func whateverIsWrongIsSaidWithItsLine(rows: String, message: String) {
    #expect(problem(rows).hasPrefix(message))
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    let bytes = Array((TruthReader.header + "\n").utf8) + [0xff] + Array(",1,1,page,o,valid,-,-".utf8)
    let error = #expect(throws: AssayError(.unreadable, "")) { try labels(bytes: bytes) }
    #expect(error?.description == "truth.csv:2: field 1 is not UTF-8.")
  }
}
