/// Classes of how long somebody stays: about half an octave wide, with bounds of whole seconds, since many logs have none
/// finer.
enum DwellClass {
  /// Upper bounds in seconds.
  static let bounds: [Int64] = [1, 2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 90, 128, 181, 256, 512]
  /// How many there are; the last one is open.
  static let count = bounds.count + 1
  /// Where the last one ends: the timeout of a session (30 minutes, JICWEBS).
  static let longest: Int64 = 1_800

  /// Whether somebody stays at all: pages within a second of each other were opened together.
  static func isStay(_ dwell: Int64) -> Bool { dwell >= bounds[0] * 1_000_000 }

  /// The class of a stay in microseconds.
  static func of(_ dwell: Int64) -> Int {
    var index = 0
    while index < bounds.count, bounds[index] * 1_000_000 <= dwell { index += 1 }
    return index
  }

  /// The share of a class in stays that are drawn evenly up to a bound in seconds.
  static func evenShare(_ index: Int, upTo bound: Int64) -> Double {
    let low = index == 0 ? 0 : bounds[index - 1]
    let high = index < bounds.count ? bounds[index] : longest
    return Double(max(0, min(high, bound) - low)) / Double(bound)
  }
}
