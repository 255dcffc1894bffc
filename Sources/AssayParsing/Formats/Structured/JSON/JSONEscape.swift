internal import AssayModel

/// The escapes inside JSON strings (RFC 8259 §7), and `\xNN`, which RFC 8259 does not know but nginx writes for every
/// quote, backslash and control character unless `escape=json` is set (nginx `log_format`).
package enum JSONEscape {
  /// What one escape stands for.
  struct Reading {
    /// A Unicode scalar, or the byte itself.
    var value: UInt32
    /// Whether it is a byte (`\xNN`) rather than a scalar.
    var isByte = false
    /// Index of the first byte after the escape.
    var end: Int
  }

  /// The escape at the backslash `start`, or nil where it is none. A surrogate without its partner stands for U+FFFD:
  /// the text around it is worth more than its purity.
  static func read(_ line: Span<UInt8>, _ start: Int) -> Reading? {
    guard line.count &- start >= 2 else { return nil }
    switch line[start &+ 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Reading(value: UInt32(line[start &+ 1]), end: start &+ 2)
    case UInt8(ascii: "b"): return Reading(value: 0x08, end: start &+ 2)
    case UInt8(ascii: "f"): return Reading(value: 0x0c, end: start &+ 2)
    case UInt8(ascii: "n"): return Reading(value: 0x0a, end: start &+ 2)
    case UInt8(ascii: "r"): return Reading(value: 0x0d, end: start &+ 2)
    case UInt8(ascii: "t"): return Reading(value: 0x09, end: start &+ 2)
    case UInt8(ascii: "x"):
      guard let byte = hexadecimal(line, start &+ 2, 2) else { return nil }
      return Reading(value: byte, isByte: true, end: start &+ 4)
    case UInt8(ascii: "u"):
      guard let unit = hexadecimal(line, start &+ 2, 4) else { return nil }
      return scalar(line, unit, end: start &+ 6)
    default: return nil
    }
  }

  /// Appends `line[start..<end]`, the inside of a string whose escapes have been checked, without its escapes.
  package static func unescape(_ line: Span<UInt8>, _ start: Int, _ end: Int, into scratch: inout [UInt8]) {
    var index = start
    while index < end {
      if line[index] == UInt8(ascii: "\\"), let escape = read(line, index) {
        append(escape) { scratch.append($0) }
        index = escape.end
      } else {
        scratch.append(line[index])
        index &+= 1
      }
    }
  }

  /// Where the byte with a number in the unescaped text stands in `line[start..<end]`.
  static func index(ofByte number: Int, in line: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var (index, left) = (start, number)
    while index < end {
      var (next, count) = (index &+ 1, 1)
      if line[index] == UInt8(ascii: "\\"), let escape = read(line, index) {
        (next, count) = (escape.end, 0)
        append(escape) { _ in count &+= 1 }
      }
      if left < count { break }
      (index, left) = (next, left &- count)
    }
    return index
  }

  /// The bytes of an escape: one, or those of the scalar in UTF-8.
  @inline(__always)
  static func append(_ escape: Reading, to sink: (UInt8) -> Void) {
    let value = escape.value
    func tail(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | value >> shift & 0x3f) }
    if escape.isByte || value < 0x80 {
      sink(UInt8(truncatingIfNeeded: value))
      return
    }
    if value < 0x800 {
      sink(UInt8(truncatingIfNeeded: 0xc0 | value >> 6))
    } else {
      if value < 0x1_0000 {
        sink(UInt8(truncatingIfNeeded: 0xe0 | value >> 12))
      } else {
        sink(UInt8(truncatingIfNeeded: 0xf0 | value >> 18))
        sink(tail(12))
      }
      sink(tail(6))
    }
    sink(tail(0))
  }

  private static func scalar(_ line: Span<UInt8>, _ unit: UInt32, end: Int) -> Reading {
    guard unit >> 11 == 0xd800 >> 11 else { return Reading(value: unit, end: end) }
    if unit < 0xdc00, line.count &- end >= 6, line[end] == UInt8(ascii: "\\"), line[end &+ 1] == UInt8(ascii: "u"),
      let low = hexadecimal(line, end &+ 2, 4), low >> 10 == 0xdc00 >> 10
    {
      return Reading(value: 0x1_0000 &+ (unit & 0x3ff) << 10 | low & 0x3ff, end: end &+ 6)
    }
    return Reading(value: 0xfffd, end: end)
  }

  private static func hexadecimal(_ line: Span<UInt8>, _ start: Int, _ count: Int) -> UInt32? {
    guard line.count &- start >= count else { return nil }
    var value: UInt32 = 0
    for index in start..<start &+ count {
      guard let digit = hexDigit(line[index]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
