internal import AssayModel

/// How a format writes bytes that would break its line.
enum Escaping: Sendable {
  /// Nothing is escaped (nginx `escape=none`).
  case none
  /// With a backslash: `\"`, `\\`, `\n`, `\xHH` (Apache mod_log_config, nginx `escape=default` and `escape=json`).
  case backslash
  /// With `#HH` (HAProxy configuration manual §8.6).
  case hash

  /// The byte that begins an escape, or nil.
  var mark: UInt8? {
    switch self {
    case .none: nil
    case .backslash: UInt8(ascii: "\\")
    case .hash: UInt8(ascii: "#")
    }
  }
}

extension LineFields {
  /// Sets a field to `line[start..<end]`: to no bytes where the log wrote `-` for “nothing”, and to its unescaped copy
  /// in `scratch` where an escape occurs.
  mutating func set(index: Int, text line: Span<UInt8>, _ start: Int, _ end: Int, _ escaping: Escaping) {
    if end - start == 1, line[start] == UInt8(ascii: "-") {
      set(index: index, FieldRange(start: start, count: 0))
    } else if let mark = escaping.mark, firstIndex(of: mark, in: line, from: start, to: end) >= 0 {
      let begin = scratch.count
      unescape(line, start, end, escaping, into: &scratch)
      set(index: index, FieldRange(start: begin, count: scratch.count - begin, inScratch: true))
    } else {
      set(index: index, FieldRange(start: start, count: end - start))
    }
  }

  /// Sets a field where the caller knows that nothing in the line is escaped.
  mutating func set(_ field: Field, plain line: Span<UInt8>, _ start: Int, _ end: Int) {
    set(index: field.rawValue, text: line, start, end, .none)
  }

  /// Moves the fields that stand in the line by some bytes: what precedes them was cut off when they were read.
  mutating func shift(by distance: Int) {
    var left = present
    while left != 0 {
      let index = left.trailingZeroBitCount
      left &= left &- 1
      guard let range = range(index: index), !range.inScratch else { continue }
      set(index: index, FieldRange(start: Int(range.start) + distance, count: Int(range.count)))
    }
  }

  /// Takes in a text of which a part, from `start` on, was read as if it were a line: the fields that stood there stand
  /// in `scratch` from now on.
  mutating func adopt(_ text: [UInt8], readFrom start: Int) {
    let distance = scratch.count + start
    scratch += text
    var left = present
    while left != 0 {
      let index = left.trailingZeroBitCount
      left &= left &- 1
      guard let range = range(index: index), !range.inScratch else { continue }
      set(index: index, FieldRange(start: Int(range.start) + distance, count: Int(range.count), inScratch: true))
    }
  }
}

/// Appends `line[start..<end]` with its escapes resolved. What only looks like an escape stays as it is, so that
/// nothing is lost.
///
/// - Complexity: O(n).
func unescape(_ line: Span<UInt8>, _ start: Int, _ end: Int, _ escaping: Escaping, into bytes: inout [UInt8]) {
  var index = start
  while index < end {
    let byte = line[index]
    switch escaping {
    case .hash where byte == UInt8(ascii: "#"):
      if let value = hexPair(line, index + 1, end) {
        bytes.append(value)
        index += 3
        continue
      }
    case .backslash where byte == UInt8(ascii: "\\") && index + 1 < end:
      index = unescapeOne(line, index, end, into: &bytes)
      continue
    default: break
    }
    bytes.append(byte)
    index += 1
  }
}

/// Resolves the escape at a backslash that is not the last byte; returns where it ends.
private func unescapeOne(_ line: Span<UInt8>, _ start: Int, _ end: Int, into bytes: inout [UInt8]) -> Int {
  switch line[start + 1] {
  case UInt8(ascii: "x"):
    if let value = hexPair(line, start + 2, end) {
      bytes.append(value)
      return start + 4
    }
  case UInt8(ascii: "u"):
    if let high = hexPair(line, start + 2, end), let low = hexPair(line, start + 4, end),
      let scalar = Unicode.Scalar(UInt16(high) << 8 | UInt16(low))
    {
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      return start + 6
    }
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
    bytes.append(line[start + 1])
    return start + 2
  case UInt8(ascii: "n"): return control(10)
  case UInt8(ascii: "t"): return control(9)
  case UInt8(ascii: "r"): return control(13)
  case UInt8(ascii: "b"): return control(8)
  case UInt8(ascii: "f"): return control(12)
  case UInt8(ascii: "v"): return control(11)
  default: break
  }
  bytes.append(line[start])
  return start + 1

  func control(_ byte: UInt8) -> Int {
    bytes.append(byte)
    return start + 2
  }
}

/// The byte that two hexadecimal digits make, or nil.
private func hexPair(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> UInt8? {
  guard end - start >= 2, let high = hexDigit(line[start]), let low = hexDigit(line[start + 1]) else { return nil }
  return high << 4 | low
}
