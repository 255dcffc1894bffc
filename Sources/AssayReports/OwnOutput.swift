internal import AssayMeasurement

/// Tells what this program wrote from what it is to read: a second audit of a folder finds what the first one left there.
public enum OwnOutput {
  /// How many bytes of the beginning of a file tell: more than the longest path (4,096 bytes, PATH_MAX), which stands in
  /// the first row of judged events.
  public static let bytesToTell = 8_192

  /// What a file that begins with these bytes is, in words, where this program wrote it; nil elsewhere.
  ///
  /// - Complexity: O(`bytesToTell`).
  public static func kind(_ beginning: [UInt8]) -> String? {
    let bytes = beginning.prefix(bytesToTell)
    if let report = ReportCatalog.all.first(where: { $0.isBeginning(bytes) }) { return "a report (\(report.card.id))" }
    if EventRows.isBeginning(bytes) { return "rows of judged events" }
    if ResultStore.isBeginning(bytes) { return "a results file" }
    if bytes.starts(with: TruthReader.header.utf8) { return "the truth of simulated traffic" }
    return nil
  }
}

extension ResultStore {
  /// Whether a file that begins like this is a results file: what `PRAGMA application_id` sets stands in the header of a
  /// database, most significant byte first (sqlite.org/fileformat2.html, §1.3).
  static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
    let place = 68..<72
    guard bytes.count >= place.upperBound, bytes.starts(with: "SQLite format 3\0".utf8) else { return false }
    let id = bytes.dropFirst(place.lowerBound).prefix(place.count).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return id == UInt32(bitPattern: StoreSchema.applicationID)
  }
}

extension EventRows {
  /// Whether a file that begins like this holds judged events, in either form.
  static func isBeginning(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.starts(with: columns.prefix(10).joined(separator: ",").utf8) { return true }
    let text = String(decoding: bytes.prefix { $0 != 0x0a }, as: UTF8.self)
    // An id ends with the offset of its line, which is also a column of its own.
    guard let id = text.prefixMatch(of: #/\{"id":"\d+:(\d+)","source":/#) else { return false }
    return text.contains(",\"offset\":\(id.1),\"line\":")
  }
}
