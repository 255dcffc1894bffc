import AssayParsing
import Testing

struct ParserCacheTests {
  @Test func `a parser is fresh, whatever others of its format have read`() throws {
    let format = try FormatCatalog.format(named: "csv")
    func outcomes(_ lines: [String], _ request: ParserRequest) throws -> [LineOutcome] {
      var parser = try format.makeParser(request)
      var fields = LineFields()
      return lines.map { line in
        fields.reset()
        let bytes = Array(line.utf8)
        return parser.parse(bytes.span, into: &fields)
      }
    }
    let one = ["time,ip,url", "2026-11-20T10:00:00Z,192.0.2.1,/a"]
    let other = ["url,ip,time", "/a,192.0.2.1,2026-11-20T10:00:00Z"]
    for request in [ParserRequest(), ParserRequest(columns: ["price"])] {
      for _ in 0..<2 {
        #expect(try outcomes(one, request) == [.ignored, .record])
        #expect(try outcomes(other, request) == [.ignored, .record])
      }
    }
  }
}
