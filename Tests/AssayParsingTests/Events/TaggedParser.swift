import AssayModel
import AssayParsing

/// A format for tests: tab-separated `name:value`, where the name is a case of `Field` or `time` (microseconds), or
/// `column.NAME=value`. A `!` after the name puts the value into the scratch bytes, as if it had been unescaped. `#` begins a
/// comment; a blank line is ignored; anything else is malformed.
struct TaggedParser: LineParser {
  private let columns: [String]
  private static let column = Array("column.".utf8)
  private static let fields = Dictionary(uniqueKeysWithValues: Field.allCases.map { ("\($0)", $0) })

  init(_ request: ParserRequest) { columns = request.columns }

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    if line.count == 0 || line[0] == UInt8(ascii: "#") { return .ignored }
    var start = 0
    while start <= line.count {
      var end = start
      while end < line.count, line[end] != UInt8(ascii: "\t") { end += 1 }
      var colon = start
      let isColumn = end - start > 7 && (start..<start + 7).allSatisfy { line[$0] == TaggedParser.column[$0 - start] }
      let separator = UInt8(ascii: isColumn ? "=" : ":")
      while colon < end, line[colon] != separator { colon += 1 }
      guard colon < end, take(line, start, colon, end, &fields) else {
        return .malformed(column: start, name: "tagged.unknown", expected: "a name and a colon")
      }
      start = end + 1
    }
    return .record
  }

  private func take(
    _ line: Span<UInt8>, _ start: Int, _ colon: Int, _ end: Int, _ fields: inout LineFields
  ) -> Bool {
    var name = String(decoding: (start..<colon).map { line[$0] }, as: UTF8.self)
    let value = (colon + 1..<end).map { line[$0] }
    if name == "time" {
      guard let time = Int64(String(decoding: value, as: UTF8.self)) else { return true }
      fields.microseconds = time
      fields.hasTime = true
      fields.isSubsecond = time % 1_000_000 != 0
      return true
    }
    var range = FieldRange(start: colon + 1, count: value.count)
    if name.hasSuffix("!") {
      name.removeLast()
      range = FieldRange(start: fields.scratch.count, count: value.count, inScratch: true)
      fields.scratch += value
    }
    if name.hasPrefix("column.") {
      if let column = columns.firstIndex(of: String(name.dropFirst(7))) { fields.set(column: column, range) }
      return true
    }
    guard let field = TaggedParser.fields[name] else { return false }
    fields.set(field, range)
    return true
  }
}

/// What a profile makes of a text in the tagged format.
struct Mapped {
  var events: [Event]
  var samples: [[ExposureSample]]
  var counts: MapCounts
  var issues: IssueLog
  var coverage: [CoverageCount]
  var tables: RunTables

  /// Maps a text as one chunk, and gives the events in the order of their lines.
  init(_ profile: Profile, _ text: String, options: MapOptions = MapOptions()) throws {
    var mapper = try LineMapper(profile: profile, options: options)
    var parser: any LineParser = TaggedParser(mapper.request)
    let bytes = Array(text.utf8)
    _ = mapper.map(bytes.span, source: 0, offset: 0, parser: &parser)
    self.init(mapper.batch)
  }

  /// The result of one worker.
  init(_ batch: EventBatch) {
    let (tables, remaps) = mergeTables([batch.tables])
    var rows: [(event: Event, samples: [ExposureSample])] = []
    for number in 0..<EventBucket.count {
      let bucket = batch.buckets.content(of: number)
      for var event in bucket.events {
        remaps[0].apply(to: &event)
        rows.append((event, event.kind == .exposure ? Array(bucket.samples[event.sampleRange]) : []))
      }
    }
    rows.sort { $0.event.position < $1.event.position }
    events = rows.map(\.event)
    samples = rows.map(\.samples)
    counts = batch.counts
    issues = batch.issues
    coverage = batch.coverage
    self.tables = tables
  }

  /// A name of an event's slot.
  func name(_ dimension: Dimension, _ event: Int = 0) -> String {
    tables.slots.name(dimension, of: events[event].slot)
  }

  /// How often an issue was counted.
  func issue(_ name: String) -> Int { issues.entries[name]?.count ?? 0 }
}

/// One line of the tagged format: a request.
func line(
  _ target: String, time: Int64 = 1_700_000_000_000_000, address: String = "192.0.2.1", agent: String? = "Browser/1",
  method: String = "GET", _ more: String...
) -> String {
  var parts = ["time:\(time)", "address:\(address)", "method:\(method)", "target:\(target)", "status:200"]
  if let agent { parts.append("userAgent:\(agent)") }
  return (parts + more).joined(separator: "\t") + "\n"
}

extension EventBuckets {
  /// A copy of one bucket.
  func content(of bucket: Int) -> EventBucket {
    var content = EventBucket()
    read(bucket, into: &content)
    return content
  }
}
