import AssayModel

/// A decimal number in millionths, exactly: `0.1` is 100,000. Nil where the text is none, has more than six decimals or
/// more than six digits before the point.
func parseMillionths(_ text: String) -> Int? {
  let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  let decimals = parts.count == 2 ? parts[1] : ""
  guard 1...6 ~= parts[0].utf8.count, parts.count == 1 || 1...6 ~= decimals.utf8.count else { return nil }
  let digits = parts[0] + decimals + String(repeating: "0", count: 6 - decimals.utf8.count)
  return digits.utf8.allSatisfy { 48...57 ~= $0 } ? Int(digits) : nil
}

/// `2026-03-02` or `2026-03-02T09:00`, UTC, from 1970 to 2099; nil where the text is none.
func parseMinute(_ text: String) -> Timestamp? {
  let bytes = Array(text.utf8)
  guard bytes.count == 10 || bytes.count == 16 else { return nil }
  for (byte, wanted) in zip(bytes, "0000-00-00T00:00".utf8) {
    guard wanted == 48 ? 48...57 ~= byte : byte == wanted else { return nil }
  }
  func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
  let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
  let (hour, minute) = bytes.count == 16 ? (number(11..<13), number(14..<16)) : (0, 0)
  guard 1970...2099 ~= year, 1...12 ~= month, hour < 24, minute < 60 else { return nil }
  // A day that the month does not have comes back as another date.
  guard Timestamp.date(day: Timestamp.days(year: year, month: month, day: day)) == (year, month, day) else {
    return nil
  }
  return Timestamp(year: year, month: month, day: day, hour: hour, minute: minute)
}

/// The candidate that takes the fewest insertions, deletions and replacements of bytes (Levenshtein 1966); the first of
/// equals. What stands behind the 64th byte of the text is not looked at.
func nearest(to text: String, in candidates: [String]) -> String {
  func distance(_ other: String) -> Int {
    let (left, right) = (Array(text.utf8.prefix(64)), Array(other.utf8))
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let replaced = diagonal + (byte == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[right.count]
  }
  return candidates.min { distance($0) < distance($1) } ?? ""
}
