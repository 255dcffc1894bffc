/// Reads lines that a transport put a prefix before: syslog, Kubernetes. What the line itself says counts; the
/// transport's time is taken only where the line has none. (A syslog stamp without a year is then read in
/// `Times.unknownYear`.) A line without the prefix is read as it is: files of several origins are joined in practice.
struct PrefixedParser: LineParser {
  private let kind: LinePrefix.Kind
  private var inner: any LineParser

  /// Puts a transport before a parser.
  init(_ kind: LinePrefix.Kind, _ inner: any LineParser) {
    self.kind = kind
    self.inner = inner
  }

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    guard let (prefix, isPartial) = LinePrefix.find(kind, line) else { return inner.parse(line, into: &fields) }
    if isPartial {
      return .malformed(
        column: prefix.end - 2, name: "cri.partial-line",
        expected: "a whole line (F): this one was cut by the container runtime because it is longer than 16 KiB")
    }
    switch inner.parse(line.extracting(prefix.end..<line.count), into: &fields) {
    case .record:
      fields.shift(by: prefix.end)
      if !fields.hasTime, let time = prefix.time {
        fields.microseconds = time.microseconds
        fields.hasTime = true
        fields.isSubsecond = time.isSubsecond
      }
      return .record
    case .ignored:
      return .ignored
    case .malformed(let column, let name, let expected):
      // What looks like a transport's stamp may be that of an error log.
      return .malformed(column: column + prefix.end, name: name, expected: expected).named(for: line)
    }
  }
}
