/// Walks through JSON (RFC 8259) far enough for list files: it hands out every string value with the key it stands
/// under, without building a tree. Nesting costs no stack, so no input can overflow it.
struct JSONScanner {
  /// A string in the text.
  struct Text {
    /// The key that it is the value of; for an element of an array, the key of the array; empty at the top.
    var key: [UInt8]
    /// Its bytes, escapes resolved.
    var value: [UInt8]
    /// Where it begins in the file.
    var offset: Int
    /// How many objects and arrays it stands in.
    var depth: Int
  }

  /// Hands out every string value in order.
  ///
  /// - Returns: nil where the text was read to its end, else the offset at which it stops being JSON.
  static func strings(in bytes: Span<UInt8>, _ body: (Text) -> Void) -> Int? {
    // One entry for each open object or array: whether it is an object, and the key that is current in it.
    var open: [(isObject: Bool, key: [UInt8])] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case 0x7b:
        open.append((true, open.last?.key ?? []))
        index += 1
      case 0x5b:
        open.append((false, open.last?.key ?? []))
        index += 1
      case 0x7d, 0x5d:
        guard let last = open.popLast(), last.isObject == (bytes[index] == 0x7d) else { return index }
        index += 1
      case 0x22:
        let start = index
        guard let value = string(bytes, &index) else { return start }
        var next = index
        while next < bytes.count, bytes[next] <= 0x20 { next += 1 }
        if next < bytes.count, bytes[next] == 0x3a, open.last?.isObject == true {
          open[open.count - 1].key = value
          index = next + 1
        } else {
          body(Text(key: open.last?.key ?? [], value: value, offset: start, depth: open.count))
        }
      case 0x2b, 0x2d, 0x2e, 0x30...0x39, 0x61...0x7a, 0x41...0x5a, 0x2c, 0x3a, 0x00...0x20:
        index += 1
      case 0xef where index == 0: index += min(3, bytes.count)
      default: return index
      }
    }
    return open.isEmpty ? nil : bytes.count
  }

  /// Reads the string that begins at the quote, and leaves the index behind it; nil where it does not end or an escape
  /// is wrong.
  private static func string(_ bytes: Span<UInt8>, _ index: inout Int) -> [UInt8]? {
    var value: [UInt8] = []
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case 0x22: return value
      case 0x5c:
        guard index < bytes.count else { return nil }
        let escape = bytes[index]
        index += 1
        switch escape {
        case 0x22, 0x5c, 0x2f: value.append(escape)
        case 0x62: value.append(0x08)
        case 0x66: value.append(0x0c)
        case 0x6e: value.append(0x0a)
        case 0x72: value.append(0x0d)
        case 0x74: value.append(0x09)
        case 0x75:
          guard let scalar = unicode(bytes, &index) else { return nil }
          value.append(contentsOf: Array(String(Character(scalar)).utf8))
        default: return nil
        }
      default: value.append(byte)
      }
    }
    return nil
  }

  /// The scalar of `\uXXXX`, or of two of them that are surrogates; a lone surrogate is the replacement character.
  private static func unicode(_ bytes: Span<UInt8>, _ index: inout Int) -> Unicode.Scalar? {
    guard let first = fourDigits(bytes, index) else { return nil }
    index += 4
    if first >> 10 == 0x36, index + 6 <= bytes.count, bytes[index] == 0x5c, bytes[index + 1] == 0x75,
      let second = fourDigits(bytes, index + 2), second >> 10 == 0x37
    {
      index += 6
      return Unicode.Scalar(0x10000 + (first & 0x3ff) << 10 + second & 0x3ff) ?? "\u{fffd}"
    }
    return Unicode.Scalar(first) ?? "\u{fffd}"
  }

  private static func fourDigits(_ bytes: Span<UInt8>, _ start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      switch bytes[index] {
      case 0x30...0x39: value = value << 4 | UInt32(bytes[index] - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(bytes[index] - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(bytes[index] - 0x57)
      default: return nil
      }
    }
    return value
  }
}
