internal import AssayModel

/// The list of exposure samples that a beacon carries: `<ms>-<share>[letters]` joined by `_`, as
/// `0-0f_200-55.5f_1200-100fz`.
///
/// `ms` counts from the start of rendering (negative before it), `share` is the part of the ad's pixels inside the
/// viewport in percent with up to two decimals. Letters: f focused, h hidden, u unmeasurable, p playing, r replayed,
/// a audible, z finished, e edge (holds until the next sample), i user-initiated.
enum ExposureList {
  /// Appends the samples of a list that can be read.
  ///
  /// - Returns: whether the whole list could be read.
  /// - Complexity: O(n).
  static func parse(
    _ text: Span<UInt8>, from start: Int, to end: Int, into samples: inout [ExposureSample]
  ) -> Bool {
    var isWhole = true
    var place = start
    while place < end {
      var stop = place
      if let sample = usualSample(text, &stop, end) {
        samples.append(sample)
      } else {
        let found = firstIndex(of: UInt8(ascii: "_"), in: text, from: place, to: end)
        stop = found < 0 ? end : found
        if let sample = sample(text, from: place, to: stop) { samples.append(sample) } else { isWhole = false }
      }
      // An underscore at the very end leaves an empty sample behind it.
      if stop == end - 1 { isWhole = false }
      place = stop + 1
    }
    return isWhole
  }

  /// Reads a sample as nearly all are written, in one pass: up to nine digits of milliseconds, up to three of the share
  /// before the point and one or two behind it.
  ///
  /// - Parameter place: where it begins; where it ends, if it is one.
  /// - Returns: the sample; nil for any other text, of which `sample(_:from:to:)` knows more.
  @inline(__always)
  private static func usualSample(_ text: Span<UInt8>, _ place: inout Int, _ end: Int) -> ExposureSample? {
    var index = place
    let milliseconds = digits(text, &index, end)
    guard index > place, index &- place <= 9, index < end, text[index] == UInt8(ascii: "-") else { return nil }
    index &+= 1
    let shareStart = index
    var share = digits(text, &index, end) &* 100
    guard index > shareStart, index &- shareStart <= 3 else { return nil }
    if index < end, text[index] == UInt8(ascii: ".") {
      let decimalStart = index &+ 1
      index = decimalStart
      let decimals = digits(text, &index, end)
      guard index > decimalStart, index &- decimalStart <= 2 else { return nil }
      share &+= index &- decimalStart == 1 ? decimals &* 10 : decimals
    }
    guard share <= 10_000 else { return nil }
    var state: ExposureSample.State = []
    while index < end, text[index] != UInt8(ascii: "_") {
      guard let letter = letter(text[index]) else { return nil }
      state.insert(letter)
      index &+= 1
    }
    place = index
    return ExposureSample(
      milliseconds: Int32(truncatingIfNeeded: milliseconds), share: UInt16(truncatingIfNeeded: share), state: state)
  }

  /// The value of the digits at an index, which moves behind them; any value where they are too many.
  @inline(__always)
  private static func digits(_ text: Span<UInt8>, _ index: inout Int, _ end: Int) -> Int {
    var value = 0
    while index < end {
      let digit = text[index] &- 48
      if digit > 9 { break }
      value = value &* 10 &+ Int(digit)
      index &+= 1
    }
    return value
  }

  @inline(never)
  private static func sample(_ text: Span<UInt8>, from start: Int, to end: Int) -> ExposureSample? {
    guard start < end else { return nil }
    // The first byte may be the sign of the milliseconds.
    let dash = firstIndex(of: UInt8(ascii: "-"), in: text, from: start + 1, to: end)
    guard dash > 0, text[start] != UInt8(ascii: "+"), let time = integer(text, from: start, to: dash),
      let milliseconds = Int32(exactly: time)
    else { return nil }
    var index = dash + 1
    var (share, digits, decimals) = (0, 0, -1)
    while index < end {
      let digit = text[index] &- 48
      if digit < 10 {
        if decimals >= 0 { decimals += 1 }
        (share, digits) = (share * 10 + Int(digit), digits + 1)
        if digits > 5 || decimals > 2 { return nil }
      } else if text[index] == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
      } else {
        break
      }
      index += 1
    }
    guard digits > 0 else { return nil }
    for _ in max(decimals, 0)..<2 { share *= 10 }
    guard share <= 10_000 else { return nil }
    var state: ExposureSample.State = []
    while index < end {
      guard let letter = letter(text[index]) else { return nil }
      state.insert(letter)
      index += 1
    }
    return ExposureSample(milliseconds: milliseconds, share: UInt16(share), state: state)
  }

  @inline(__always)
  private static func letter(_ byte: UInt8) -> ExposureSample.State? {
    switch byte {
    case UInt8(ascii: "f"): .focused
    case UInt8(ascii: "h"): .hidden
    case UInt8(ascii: "u"): .unmeasurable
    case UInt8(ascii: "p"): .playing
    case UInt8(ascii: "r"): .replayed
    case UInt8(ascii: "a"): .audible
    case UInt8(ascii: "z"): .finished
    case UInt8(ascii: "e"): .edge
    case UInt8(ascii: "i"): .userInitiated
    default: nil
    }
  }
}
