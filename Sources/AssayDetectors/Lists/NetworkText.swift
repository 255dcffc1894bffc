internal import AssayModel

/// Reads networks as list files write them.
enum NetworkText {
  /// The range that some text names: an address, a network with its prefix (`192.0.2.0/24`), or two addresses with a
  /// hyphen between. Spaces around the parts are allowed.
  ///
  /// - Returns: nil where it is none of these.
  static func range(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> AddressRange? {
    let (start, end) = trimmed(bytes, from: start, to: end)
    guard end - start >= 2 else { return nil }
    for index in start..<end {
      if bytes[index] == 0x2f { return network(bytes, from: start, slash: index, to: end) }
      if bytes[index] == 0x2d {
        let (_, firstEnd) = trimmed(bytes, from: start, to: index)
        let (lastStart, _) = trimmed(bytes, from: index + 1, to: end)
        guard let first = Address(parsing: bytes, from: start, to: firstEnd),
          let last = Address(parsing: bytes, from: lastStart, to: end), (first.v4 == nil) == (last.v4 == nil)
        else { return nil }
        return AddressRange(first: first, last: last)
      }
    }
    guard let address = Address(parsing: bytes, from: start, to: end) else { return nil }
    return AddressRange(first: address, last: address)
  }

  /// The network `address/bits`.
  private static func network(_ bytes: Span<UInt8>, from start: Int, slash: Int, to end: Int) -> AddressRange? {
    guard let address = Address(parsing: bytes, from: start, to: slash), end - slash >= 2, end - slash <= 4 else {
      return nil
    }
    var bits = 0
    for index in slash + 1..<end {
      guard bytes[index] &- 48 < 10 else { return nil }
      bits = bits * 10 + Int(bytes[index] - 48)
    }
    // A version 4 address in its mapped form is written with a prefix of 128 bits.
    var isMapped = false
    for index in start..<slash where bytes[index] == 0x3a { isMapped = true }
    if address.v4 != nil, !isMapped {
      guard bits <= 32 else { return nil }
      bits += 96
    }
    guard bits <= 128 else { return nil }
    return AddressRange(network: address, bits: bits)
  }

  /// The part without spaces, tabs, quotes and carriage returns at its ends.
  static func trimmed(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> (Int, Int) {
    var (start, end) = (start, end)
    while start < end, isBlank(bytes[start]) { start += 1 }
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return (start, end)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x22
  }
}
