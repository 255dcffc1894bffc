public import AssayModel

/// Reads a truth file: CSV (RFC 4180) with the header `source,offset,line,kind,family,truth,category,viewable`, and
/// perhaps a last column `network`.
///
/// A label that is misread makes an evaluation wrong without anybody noticing, so nothing is guessed: whatever is not
/// exactly as it should be ends the reading with its line. Lines end with LF or CR LF; a field that holds a comma, a
/// quote or a line end is quoted.
public struct TruthReader: Sendable {
  /// The header, which must be the first line.
  public static let header = "source,offset,line,kind,family,truth,category,viewable"

  /// The header where the truth names the network of robots that a line belongs to.
  private static let headerWithNetwork = header + ",network"

  private typealias Choice<Value> = (name: String, value: Value)
  private static let kinds: [Choice<EventKind>] = EventKind.allCases.map { ($0.name, $0) }
  private static let classes: [Choice<TrafficClass>] = [.valid, .givt, .sivt, .excluded].map { ($0.name, $0) }
  private static let outcomes: [Choice<Viewability?>] = Viewability.allCases.map { ($0.name, $0) } + [("-", nil)]

  private let name: String
  private var index = 0
  private var line = 1
  private var columns = 8
  private var field: [UInt8] = []
  private var fields: [String] = []

  /// A reader.
  ///
  /// - Parameter name: The file's name, for error messages.
  public init(name: String) { self.name = name }

  /// Reads all labels of a file.
  ///
  /// - Throws: `unreadable` with the line and what should stand there.
  /// - Complexity: O(n) time and memory.
  public static func labels(_ bytes: Span<UInt8>, name: String) throws(AssayError) -> [TruthLabel] {
    var reader = TruthReader(name: name)
    var labels: [TruthLabel] = []
    while let label = try reader.next(in: bytes) { labels.append(label) }
    return labels
  }

  /// The next label, or nil at the end. Every call must get the same bytes.
  ///
  /// - Throws: `unreadable` with the line and what should stand there.
  public mutating func next(in bytes: Span<UInt8>) throws(AssayError) -> TruthLabel? {
    if index == 0 {
      let found = try readRecord(bytes) ? fields.joined(separator: ",") : ""
      guard found == TruthReader.header || found == TruthReader.headerWithNetwork else {
        throw problem("the first line must be “\(TruthReader.header)”, or that and “,network”", at: 1)
      }
      columns = fields.count
    }
    let first = line
    guard try readRecord(bytes) else { return nil }
    return try label(at: first)
  }

  private func label(at line: Int) throws(AssayError) -> TruthLabel {
    guard fields.count == columns else {
      throw problem(
        "the line has \(fields.count) fields instead of \(columns); quote a field that holds a comma", at: line)
    }
    guard !fields[0].isEmpty else { throw problem("source is empty; it must be the path of the log file", at: line) }
    guard !fields[4].isEmpty else { throw problem("family is empty; it must name who made the event", at: line) }
    return TruthLabel(
      source: fields[0],
      offset: try number(1, "offset", atLeast: 0, line),
      line: try number(2, "line", atLeast: 1, line),
      kind: try choice(3, "kind", TruthReader.kinds, line),
      family: fields[4],
      truth: try choice(5, "truth", TruthReader.classes, line),
      category: fields[6] == "-" ? "" : fields[6],
      viewable: try choice(7, "viewable", TruthReader.outcomes, line),
      network: columns == 8 || fields[8] == "-" ? "" : fields[8])
  }

  private func number(_ field: Int, _ column: String, atLeast least: Int, _ line: Int) throws(AssayError) -> Int {
    let text = fields[field]
    // `Int` would also take a sign.
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), number >= least else {
      throw problem("\(column) is “\(printableText(text.utf8))”; it must be a whole number from \(least)", at: line)
    }
    return number
  }

  private func choice<Value>(
    _ field: Int, _ column: String, _ choices: [Choice<Value>], _ line: Int
  ) throws(AssayError) -> Value {
    for choice in choices where choice.name == fields[field] { return choice.value }
    let names = choices.map(\.name).joined(separator: ", ")
    throw problem("\(column) is “\(printableText(fields[field].utf8))”; it must be one of \(names)", at: line)
  }

  private func problem(_ what: String, at line: Int) -> AssayError {
    AssayError(.unreadable, what + ".", at: AssayError.Location(source: name, line: line))
  }
}

// MARK: - CSV

extension TruthReader {
  /// Reads the fields of the next record; false at the end.
  private mutating func readRecord(_ bytes: Span<UInt8>) throws(AssayError) -> Bool {
    guard index < bytes.count else { return false }
    fields.removeAll(keepingCapacity: true)
    let first = line
    while true {
      try readField(bytes, recordLine: first)
      guard index < bytes.count else { return true }
      let byte = bytes[index]
      index += 1
      if byte == 0x2c { continue }
      if byte == 0x0d {
        guard index < bytes.count, bytes[index] == 0x0a else {
          throw problem("a carriage return stands alone; lines end with LF or CR LF", at: line)
        }
        index += 1
      }
      line += 1
      return true
    }
  }

  /// Reads one field up to the comma or line end that follows it.
  private mutating func readField(_ bytes: Span<UInt8>, recordLine: Int) throws(AssayError) {
    field.removeAll(keepingCapacity: true)
    if index < bytes.count, bytes[index] == 0x22 {
      try readQuoted(bytes)
    } else {
      while index < bytes.count, bytes[index] != 0x2c, bytes[index] != 0x0a, bytes[index] != 0x0d {
        guard bytes[index] != 0x22 else {
          throw problem("a quote stands inside a field; quote the whole field and double the quote", at: line)
        }
        field.append(bytes[index])
        index += 1
      }
    }
    guard let text = String(validating: field, as: UTF8.self) else {
      throw problem("field \(fields.count + 1) is not UTF-8", at: recordLine)
    }
    fields.append(text)
  }

  /// Reads a field in quotes; a doubled quote stands for one.
  private mutating func readQuoted(_ bytes: Span<UInt8>) throws(AssayError) {
    let opened = line
    var isClosed = false
    index += 1
    while index < bytes.count, !isClosed {
      let byte = bytes[index]
      index += 1
      if byte == 0x22 {
        isClosed = index == bytes.count || bytes[index] != 0x22
        if isClosed { continue }
        index += 1
      }
      if byte == 0x0a { line += 1 }
      field.append(byte)
    }
    guard isClosed else { throw problem("a quoted field is not closed", at: opened) }
    if index < bytes.count, ![0x2c, 0x0a, 0x0d].contains(bytes[index]) {
      throw problem("text follows a closing quote; only a comma or the line's end may", at: line)
    }
  }
}
