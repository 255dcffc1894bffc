internal import AssayModel

/// Who really asked: the address of the log line, or, behind proxies that are trusted, of `X-Forwarded-For`.
enum ClientAddress {
  /// Reads an address that may carry a port (`192.0.2.1:4711`, `[2001:db8::1]:443`), brackets or quotes.
  ///
  /// - Returns: nil where it is none.
  @inline(__always)
  static func parse(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Address? {
    dottedDecimal(bytes, from: start, to: end) ?? Address(parsing: bytes, from: start, to: end)
      ?? parseDressed(bytes, from: start, to: end)
  }

  private static func parseDressed(_ bytes: Span<UInt8>, from first: Int, to last: Int) -> Address? {
    var (start, end) = (first, last)
    while start < end, isSpaceOrQuote(bytes[start]) { start += 1 }
    while end > start, isSpaceOrQuote(bytes[end - 1]) { end -= 1 }
    guard start < end else { return nil }
    if bytes[start] == UInt8(ascii: "[") {
      let closing = firstIndex(of: UInt8(ascii: "]"), in: bytes, from: start, to: end)
      guard closing > 0, closing == end - 1 || isPort(bytes, from: closing + 1, to: end) else { return nil }
      return Address(parsing: bytes, from: start + 1, to: closing)
    }
    if let address = Address(parsing: bytes, from: start, to: end) { return address }
    let colon = firstIndex(of: UInt8(ascii: ":"), in: bytes, from: start, to: end)
    guard colon > 0, isPort(bytes, from: colon, to: end) else { return nil }
    return Address(parsing: bytes, from: start, to: colon)
  }

  private static func isSpaceOrQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\"")
  }

  /// Whether a colon and one to five digits stand there.
  private static func isPort(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    guard end - start >= 2, end - start <= 6, bytes[start] == UInt8(ascii: ":") else { return false }
    for index in start + 1..<end where bytes[index] &- 48 > 9 { return false }
    return true
  }

  /// The client behind trusted proxies: the right-most entry of `X-Forwarded-For` that is not one of them (each proxy
  /// appends whom it spoke to, so everything to the left of that may be invented). Where all are trusted it is the
  /// left-most; at an entry that is no address the walk ends with what was found before it.
  ///
  /// - Parameter peer: the address of the connection, `.none` where the log has none.
  /// - Complexity: O(length × trusted networks).
  static func forwarded(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, peer: Address, trusted: [AddressPrefix]
  ) -> Address {
    var client = peer
    var stop = end
    while stop > start, client.isNone || isInside(client, trusted) {
      var place = stop
      while place > start, bytes[place - 1] != UInt8(ascii: ",") { place -= 1 }
      guard let address = parse(bytes, from: place, to: stop) else { break }
      client = address
      stop = place - 1
    }
    return client
  }

  /// Whether an address lies in one of some networks.
  static func isInside(_ address: Address, _ networks: [AddressPrefix]) -> Bool {
    networks.contains { $0.contains(address) }
  }
}
