import AssayModel

/// Moments as text that can be read again without loss.
enum TimeText {
  /// ISO 8601 in UTC. A moment outside the years 0 to 9999, which only a broken clock writes, is `@` and its
  /// microseconds since 1970.
  static func text(_ time: Timestamp) -> String {
    years.contains(time.microseconds) ? time.iso8601 : "@\(time.microseconds)"
  }

  /// The date alone.
  static func date(_ time: Timestamp) -> String {
    years.contains(time.microseconds) ? String(time.iso8601.prefix(10)) : text(time)
  }

  /// Reads what `text(_:)` writes.
  static func time(_ text: String) -> Timestamp? {
    let bytes = Array(text.utf8)
    if bytes.first == 0x40 { return Int64(text.dropFirst()).map(Timestamp.init(microseconds:)) }
    func number(_ range: Range<Int>) -> Int? {
      var number = 0
      for byte in bytes[range] {
        guard 0x30...0x39 ~= byte else { return nil }
        number = number * 10 + Int(byte & 15)
      }
      return number
    }
    guard bytes.count >= 20, bytes.last == 0x5a,
      let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
    else { return nil }
    var microsecond = 0
    if bytes.count > 20 {
      let digits = bytes.count - 21
      guard digits == 3 || digits == 6, let fraction = number(20..<20 + digits) else { return nil }
      microsecond = digits == 3 ? fraction * 1_000 : fraction
    }
    return Timestamp(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second, microsecond: microsecond)
  }

  /// 0000-01-01 to 9999-12-31, in microseconds.
  private static let years: Range<Int64> = -62_167_219_200_000_000..<253_402_300_800_000_000
}
