/// An IP address, version 4 or 6, as 128 bits in network order; a version 4 address is kept in its mapped form
/// (`::ffff:a.b.c.d`, RFC 4291 §2.5.5.2), so that one type serves both.
///
/// `Address.none` (all zeros, the unspecified address of RFC 4291 §2.5.2) means that the log did not carry one.
public struct Address: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The first 64 bits.
  public var high: UInt64
  /// The last 64 bits.
  public var low: UInt64

  /// An address from its two halves.
  @inlinable public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A version 4 address from its 32 bits in host order: `0x7f000001` is 127.0.0.1.
  @inlinable public init(v4 bits: UInt32) {
    high = 0
    low = 0xffff_0000_0000 | UInt64(bits)
  }

  /// No address in the log.
  @inlinable public static var none: Address { Address(high: 0, low: 0) }

  /// Whether the log carried no address.
  @inlinable public var isNone: Bool { high == 0 && low == 0 }

  /// The 32 bits of a version 4 address, or nil for version 6.
  @inlinable public var v4: UInt32? {
    high == 0 && low >> 32 == 0xffff ? UInt32(truncatingIfNeeded: low) : nil
  }

  /// Numeric order: the order of ranges and of reports.
  @inlinable public static func < (left: Address, right: Address) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }

  /// The address with all but the first `bits` of its 128 bits set to zero; a version 4 prefix of n bits is 96 + n.
  @inlinable public func prefix(_ bits: Int) -> Address {
    if bits >= 128 { return self }
    if bits <= 0 { return Address(high: 0, low: 0) }
    if bits <= 64 { return Address(high: high & (~0 << UInt64(64 - bits)), low: 0) }
    return Address(high: high, low: low & (~0 << UInt64(128 - bits)))
  }

  /// The network that stands for one access line in statistics: /24 of version 4, /64 of version 6.
  @inlinable public var network: Address { v4 != nil ? prefix(120) : prefix(64) }
}

extension Address: CustomStringConvertible {
  /// Dotted decimal for version 4; RFC 5952 (lower case, the longest run of zeros as `::`) for version 6; `-` for none.
  public var description: String {
    if isNone { return "-" }
    if let bits = v4 { return "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)" }
    let groups = (0..<8).map { index -> UInt64 in
      (index < 4 ? high : low) >> UInt64(48 - 16 * (index % 4)) & 0xffff
    }
    var (start, length) = (0, 0)
    var index = 0
    while index < 8 {
      var end = index
      while end < 8 && groups[end] == 0 { end += 1 }
      if end - index > length { (start, length) = (index, end - index) }
      index = max(end, index + 1)
    }
    func joined(_ part: ArraySlice<UInt64>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
    if length < 2 { return joined(groups[...]) }
    return joined(groups[..<start]) + "::" + joined(groups[(start + length)...])
  }
}

extension Address {
  /// Reads an address from text: dotted decimal (four decimal parts, no leading zeros beyond a single digit rule:
  /// `010.1.1.1` is refused because tools disagree on it), or RFC 4291 §2.2 forms of version 6 with an optional zone
  /// (`%eth0`) that is dropped. Surrounding brackets are not part of an address.
  ///
  /// - Returns: nil where the bytes are no address.
  /// - Complexity: O(n), no memory.
  public init?(parsing bytes: Span<UInt8>) {
    self.init(parsing: bytes, from: 0, to: bytes.count)
  }

  /// Reads an address from a part of some bytes.
  public init?(parsing bytes: Span<UInt8>, from start: Int, to end: Int) {
    if let bits = Address.parseV4(bytes, from: start, to: end) {
      self.init(v4: bits)
      return
    }
    guard let address = Address.parseV6(bytes, from: start, to: end) else { return nil }
    self = address
  }

  /// Reads an address from text.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    self.init(parsing: bytes.span)
  }

  @inlinable
  static func parseV4(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt32? {
    guard end - start >= 7, end - start <= 15 else { return nil }
    var (bits, part, digits, dots): (UInt32, UInt32, Int, Int) = (0, 0, 0, 0)
    for index in start..<end {
      let byte = bytes[index]
      if byte &- 48 < 10 {
        if digits == 1 && part == 0 { return nil }
        part = part &* 10 &+ UInt32(byte &- 48)
        digits &+= 1
        if digits > 3 || part > 255 { return nil }
      } else if byte == 46, digits > 0, dots < 3 {
        bits = bits << 8 | part
        (part, digits, dots) = (0, 0, dots &+ 1)
      } else {
        return nil
      }
    }
    return dots == 3 && digits > 0 ? bits << 8 | part : nil
  }

  static func parseV6(_ bytes: Span<UInt8>, from start: Int, to fullEnd: Int) -> Address? {
    var end = fullEnd
    for index in start..<fullEnd where bytes[index] == 0x25 {
      end = index
      break
    }
    guard end - start >= 2, end - start <= 45 else { return nil }
    var groups = InlineArray<8, UInt16>(repeating: 0)
    var (count, gap, index) = (0, -1, start)
    if bytes[index] == 0x3a {
      guard bytes[index + 1] == 0x3a else { return nil }
      (gap, index) = (0, start + 2)
    }
    while index < end {
      if count == 8 { return nil }
      var (value, digits) = (UInt32(0), 0)
      let groupStart = index
      while index < end, let nibble = hexDigit(bytes[index]) {
        value = value << 4 | UInt32(nibble)
        digits += 1
        index += 1
        if digits > 4 { return nil }
      }
      if index < end, bytes[index] == 0x2e {
        guard count <= 6, let tail = parseV4(bytes, from: groupStart, to: end) else { return nil }
        groups[count] = UInt16(tail >> 16)
        groups[count + 1] = UInt16(tail & 0xffff)
        count += 2
        index = end
        break
      }
      if digits == 0 { return nil }
      groups[count] = UInt16(value)
      count += 1
      if index == end { break }
      guard bytes[index] == 0x3a else { return nil }
      index += 1
      if index == end { return nil }
      if bytes[index] == 0x3a {
        if gap >= 0 { return nil }
        gap = count
        index += 1
      }
    }
    if gap < 0 && count != 8 || gap >= 0 && count > 7 { return nil }
    var halves = (high: UInt64(0), low: UInt64(0))
    for position in 0..<8 {
      let shift = 8 - count
      let group: UInt16 =
        gap < 0 || position < gap ? groups[position] : position < gap + shift ? 0 : groups[position - shift]
      if position < 4 {
        halves.high = halves.high << 16 | UInt64(group)
      } else {
        halves.low = halves.low << 16 | UInt64(group)
      }
    }
    return Address(high: halves.high, low: halves.low)
  }
}

/// The value of an ASCII hexadecimal digit, or nil.
@inlinable public func hexDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte &- 0x30
  case 0x61...0x66: byte &- 0x57
  case 0x41...0x46: byte &- 0x37
  default: nil
  }
}
