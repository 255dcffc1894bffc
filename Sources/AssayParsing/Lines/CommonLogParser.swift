internal import AssayModel

/// placeholder for fast path
struct CommonLogParser: LineParser {
  private let pattern: LinePattern
  init(_ pattern: LinePattern, hasAgent: Bool, _ request: ParserRequest) { self.pattern = pattern.bound(to: request) }
  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    {
      var understood = 0
      return pattern.match(line, into: &fields, understood: &understood)
    }()
  }
}
