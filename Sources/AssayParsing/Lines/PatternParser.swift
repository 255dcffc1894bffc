internal import AssayModel

/// Reads lines that fit one of a few patterns, tried in order: a server that writes one of several layouts needs no
/// parser of its own. A line that fits none is reported by the pattern that understood most of it.
package struct PatternParser: LineParser {
  private let patterns: [LinePattern]

  /// A parser for a file.
  package init(_ patterns: [LinePattern], _ request: ParserRequest = ParserRequest()) {
    self.patterns = patterns.map { $0.bound(to: request) }
  }

  /// Reads one line.
  package mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    var best: LineOutcome?
    var farthest = -1
    for pattern in patterns {
      var understood = 0
      let outcome = pattern.match(line, into: &fields, understood: &understood)
      guard case .malformed = outcome else { return outcome }
      fields.reset()
      if understood > farthest { (best, farthest) = (outcome, understood) }
    }
    return best?.named(for: line) ?? .ignored
  }
}
