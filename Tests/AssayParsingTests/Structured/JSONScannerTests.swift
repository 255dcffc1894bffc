import AssayModel
import AssayParsing
import TestSupport
import Testing

@Suite("JSON scanner")
struct JSONScannerTests {
  @Test(
    "Each kind of damage is named, with its column",
    arguments: [
      ("", JSONFault.Problem.noObject, 0), ("   ", .noObject, 3), ("[1]", .noObject, 0), ("null", .noObject, 0),
      ("{", .noKey, 1), (#"{"a":1,}"#, .noKey, 7), ("{a:1}", .noKey, 1), ("{'a':1}", .noKey, 1), ("{,}", .noKey, 1),
      (#"{"a"}"#, .noColon, 4), (#"{"a" 1}"#, .noColon, 5), (#"{"a":}"#, .noValue, 5), (#"{"a":"#, .noValue, 5),
      (#"{"a":NaN}"#, .noValue, 5), (#"{"a":Infinity}"#, .noValue, 5), (#"{"a":True}"#, .noValue, 5),
      (#"{"a":tru}"#, .noValue, 5), (#"{"a":[1,]}"#, .noValue, 8), (#"{"a":[,1]}"#, .noValue, 6),
      (#"{"a":1 "b":2}"#, .noComma, 7), (#"{"a":1"#, .noComma, 6), (#"{"a":[1 2]}"#, .noComma, 8),
      (#"{"a":[1}"#, .noComma, 7), (#"{"a":1]"#, .noComma, 6), (#"{"a":truex}"#, .noComma, 9),
      (#"{"a":"b"#, .noClosingQuote, 7), (#"{"a"#, .noClosingQuote, 3), (#"{"a":"b\"}"#, .noClosingQuote, 10),
      (#"{"a":"\q"}"#, .badEscape, 6), (#"{"a":"\u12g4"}"#, .badEscape, 6), (#"{"a":"\xg0"}"#, .badEscape, 6),
      (#"{"a":"\"#, .badEscape, 6), (#"{"\q":1}"#, .badEscape, 2), (#"{"a":-}"#, .badNumber, 6),
      (#"{"a":1.}"#, .badNumber, 7), (#"{"a":1e}"#, .badNumber, 7), (#"{"a":1e+}"#, .badNumber, 8),
      (#"{"a":1}x"#, .trailing, 7), (#"{"a":1}{"b":2}"#, .trailing, 7), (#"{"a":1},"#, .trailing, 7),
    ])
  func faults(text: String, problem: JSONFault.Problem, column: Int) {
    var scanner = JSONScanner()
    let fast = ToldValues.scan(Array(text.utf8), with: &scanner)
    #expect(fast.fault == JSONFault(problem, column))
    #expect(SlowJSON.read(Array(text.utf8)).fault == JSONFault(problem, column))
  }

  @Test(
    "Values are told with their dotted names",
    arguments: [
      ("{}", ""), (" { } ", ""), (#"{"a":[]}"#, ""), (#"{"A":{}}"#, "a="), (#"{"a":1,"A":2}"#, "a=1 a=2"),
      (#"{"a":{"b-B":"x"},"c":null}"#, "a= a_b_b=x c="), (#"{"h":{"User-Agent":["x","y"]}}"#, "h= h_user_agent=x"),
      (#"{"a":[[1,2],[3]],"b":[{"c":1,"d":[4,5]},{"c":2}],"e":5}"#, "a=1 b= b_c=1 b_d=4 e=5"),
      (#"{"@t":-0.5e+10,"u\u002dv":true,"_":false}"#, "t=-0.5e+10 u_v=true =false"),
      (#"{"a":000,"b":123456789012345678901234567890}"#, "a=000 b=123456789012345678901234567890"),
      (#"{"a":"\ud83e\udd16 \u00e9 \n\/"}"#, "a=🤖 é \n/"),
      (#"{"a":"\ud83e","b":"\udd16x","c":"\ud83e\u0041"}"#, "a=\u{fffd} b=\u{fffd}x c=\u{fffd}A"),
      (#"{"a":"\x22\xe9\x20"}"#, "a=\"\u{fffd} "), ("\u{feff}{\"a\":\"\tb\"}", "a=\tb"), (#"{"größe":1}"#, "größe=1"),
    ])
  func values(text: String, expected: String) {
    var scanner = JSONScanner()
    let fast = ToldValues.scan(Array(text.utf8), with: &scanner)
    #expect(fast.fault == nil)
    #expect(fast.told.map { "\($0.key)=\($0.text)" }.joined(separator: " ") == expected)
    #expect(fast.told == SlowJSON.read(Array(text.utf8)).told)
  }

  @Test("Sixty-four levels are read and the sixty-fifth is a fault", arguments: [("[", "]"), ("{\"a\":", "}")])
  func depth(open: String, close: String) {
    func line(_ levels: Int) -> [UInt8] {
      let inner = String(repeating: open, count: levels - 1) + "1" + String(repeating: close, count: levels - 1)
      return Array("{\"a\":\(inner)}".utf8)
    }
    var scanner = JSONScanner()
    #expect(ToldValues.scan(line(64), with: &scanner).fault == nil)
    let column = 5 + open.utf8.count * 63
    #expect(ToldValues.scan(line(65), with: &scanner).fault == JSONFault(.tooDeep, column))
    #expect(SlowJSON.read(line(65)).fault == JSONFault(.tooDeep, column))
    let bomb = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(ToldValues.scan(Array("{\"a\":".utf8) + bomb, with: &scanner).fault?.problem == .tooDeep)
  }

  @Test("The scanner says what its slow twin says of random objects, whole, cut and damaged")
  func slowTwin() {
    var numbers = SeededGenerator(seed: 2_026)
    var scanner = JSONScanner()
    var faults = 0
    for _ in 0..<1_500 {
      var line = Array(RandomJSON.object(depth: 0, &numbers).utf8)
      compare(line, &scanner)
      for _ in 0..<3 {
        damage(&line, &numbers)
        faults += compare(line, &scanner) ? 1 : 0
      }
    }
    #expect(faults > 1_000)
  }

  /// Compares the twins; whether they found a fault.
  @discardableResult
  private func compare(_ line: [UInt8], _ scanner: inout JSONScanner) -> Bool {
    let fast = ToldValues.scan(line, with: &scanner)
    let slow = SlowJSON.read(line)
    #expect(fast.fault == slow.fault, "\(printableText(line))")
    #expect(fast.told == slow.told, "\(printableText(line))")
    return fast.fault != nil
  }

  private func damage(_ line: inout [UInt8], _ numbers: inout SeededGenerator) {
    guard !line.isEmpty else { return }
    let place = Int.random(in: 0..<line.count, using: &numbers)
    let odd = Array("{}[]\",:\\ux09tfn-.e \t\u{e9}".utf8)
    switch Int.random(in: 0..<4, using: &numbers) {
    case 0: line.remove(at: place)
    case 1: line.insert(odd[Int.random(in: 0..<odd.count, using: &numbers)], at: place)
    case 2: line[place] = odd[Int.random(in: 0..<odd.count, using: &numbers)]
    default: line.removeSubrange(place...)
    }
  }
}

/// Random JSON with everything that may stand in it.
enum RandomJSON {
  static func object(depth: Int, _ numbers: inout SeededGenerator) -> String {
    list("{", "}", &numbers) { numbers in
      string(&numbers) + space(&numbers) + ":" + space(&numbers) + value(depth: depth, &numbers)
    }
  }

  private static func value(depth: Int, _ numbers: inout SeededGenerator) -> String {
    switch Int.random(in: depth > 3 ? 3..<10 : 0..<10, using: &numbers) {
    case 0: object(depth: depth + 1, &numbers)
    case 1, 2: list("[", "]", &numbers) { value(depth: depth + 1, &$0) }
    case 3: ["true", "false", "null"][Int.random(in: 0..<3, using: &numbers)]
    case 4: "\(Int.random(in: -9...9, using: &numbers))"
    case 5: "-\(UInt64.random(in: 0...(.max), using: &numbers)).5E-\(UInt8.random(in: 0...9, using: &numbers))"
    default: string(&numbers)
    }
  }

  private static func list(
    _ open: String, _ close: String, _ numbers: inout SeededGenerator, _ element: (inout SeededGenerator) -> String
  ) -> String {
    var parts: [String] = []
    for _ in 0..<Int.random(in: 0...4, using: &numbers) {
      parts.append(space(&numbers) + element(&numbers) + space(&numbers))
    }
    return open + (parts.isEmpty ? space(&numbers) : parts.joined(separator: ",")) + close
  }

  private static func space(_ numbers: inout SeededGenerator) -> String {
    ["", "", "", " ", "\t ", "\r"][Int.random(in: 0..<6, using: &numbers)]
  }

  private static func string(_ numbers: inout SeededGenerator) -> String {
    let pieces = [
      "a", "Key", "-", "_", ".", " ", "7", "é", "🤖", #"\""#, #"\\"#, #"\/"#, #"\n"#, #"\u0041"#, #"\u00E9"#,
      #"\ud83e\udd16"#, #"\ud83e"#, #"\udc00"#, #"\x41"#, #"\xff"#, "{", "}", ",", ":",
      "long enough for two words of eight",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...5, using: &numbers) {
      text += pieces[Int.random(in: 0..<pieces.count, using: &numbers)]
    }
    return "\"" + text + "\""
  }
}
