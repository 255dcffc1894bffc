/// Reads a Windows event that stands on one line as XML: the named elements `<Data Name="…">` and the time at which the
/// event was made. It is no reader of XML at large: tags must be well formed and the event must end, but what is inside
/// what is not checked, and comments and CDATA, which Windows does not write, are not known.
struct EventXMLParser: LineParser {
  private let id: String
  private let table: KeyTable
  private var builder = RecordBuilder()

  private static let known = RoleSet(fields: .address, .method, .status)
  private static let eventsEnd = Array("</Events>".utf8)

  /// A parser for the events of one provider.
  init(_ id: String, _ table: KeyTable) {
    self.id = id
    self.table = table
  }

  mutating func parse(_ line: Span<UInt8>, into fields: inout LineFields) -> LineOutcome {
    builder.reset()
    var index = XMLTag.skipSpace(line, LineStart.afterByteOrderMark(line))
    // What an export has around its events.
    while let tag = XMLTag(line, index), tag.kind == .declaration || tag.isNamed("Events", line) {
      index = XMLTag.skipSpace(line, tag.end)
    }
    if index == line.count { return .ignored }
    guard let first = XMLTag(line, index), first.kind == .open, first.isNamed("Event", line) else {
      return malformed(index, "no-event", "an <Event> element")
    }
    index = first.end
    while true {
      index = nextTag(line, from: index)
      guard index < line.count else { return malformed(index, "no-end", "the end of the event: </Event>") }
      guard let tag = XMLTag(line, index) else { return malformed(index, "bad-tag", "a well-formed tag") }
      index = tag.end
      if tag.kind == .close, tag.isNamed("Event", line) { break }
      if tag.kind == .open || tag.kind == .empty, tag.isNamed("Data", line) {
        let end = tag.kind == .empty ? index : nextTag(line, from: index)
        guard let name = tag.attribute("Name", line) else { continue }
        take(name, FieldRange(start: index, count: end - index), line, &fields)
        index = end
        if tag.kind == .empty { continue }
        guard let closing = XMLTag(line, end), closing.kind == .close, closing.isNamed("Data", line) else {
          return malformed(end, "no-end-tag", "</Data>")
        }
        index = closing.end
      } else if tag.isNamed("TimeCreated", line), let time = tag.attribute("SystemTime", line),
        let target = table.target(of: NormalizedKey("SystemTime"))
      {
        builder.assign(target, FieldRange(start: time.lowerBound, count: time.count), in: line, into: &fields)
      }
    }
    return finish(line, index, into: &fields)
  }

  private mutating func finish(_ line: Span<UInt8>, _ eventEnd: Int, into fields: inout LineFields) -> LineOutcome {
    var index = XMLTag.skipSpace(line, eventEnd)
    if equal(line, at: index, EventXMLParser.eventsEnd.span) {
      index = XMLTag.skipSpace(line, index + EventXMLParser.eventsEnd.count)
    }
    guard index == line.count else { return malformed(index, "trailing", "the end of the line") }
    guard builder.seen.intersects(EventXMLParser.known) else {
      return malformed(0, "no-known-key", "an event of IIS, with the data c-ip, cs-method or sc-status")
    }
    if let fault = builder.finish(line, into: &fields) { return malformed(fault.column, "bad-time", fault.expected) }
    return .record
  }

  /// Takes the text of a named element.
  private mutating func take(
    _ name: Range<Int>, _ text: FieldRange, _ line: Span<UInt8>, _ fields: inout LineFields
  ) {
    var key = NormalizedKey()
    for index in name { key.append(line[index]) }
    guard let target = table.target(of: key), target.isWanted else { return }
    var range = text
    let (start, end) = (Int(text.start), Int(text.start) + Int(text.count))
    let isCoded = target.role == .field(.userAgent)
    if isCoded || firstIndex(of: UInt8(ascii: "&"), in: line, from: start, to: end) >= 0 {
      let begin = fields.scratch.count
      XMLEntity.unescape(line, start, end, into: &fields.scratch)
      if isCoded {
        var bytes = fields.scratch.mutableSpan
        _ = ValueDecoding.plusForSpace.decode(&bytes, from: begin, to: bytes.count)
      }
      range = FieldRange(start: begin, count: fields.scratch.count - begin, inScratch: true)
      if range.count == 1, fields.scratch[begin] == UInt8(ascii: "-") { range.count = 0 }
    }
    builder.assign(target, range, in: line, into: &fields)
  }

  private func nextTag(_ line: Span<UInt8>, from start: Int) -> Int {
    let found = firstIndex(of: UInt8(ascii: "<"), in: line, from: start, to: line.count)
    return found < 0 ? line.count : found
  }

  private func malformed(_ column: Int, _ problem: String, _ expected: String) -> LineOutcome {
    .malformed(column: column, name: "\(id).\(problem)", expected: expected)
  }
}
