public import AssayModel

/// A network in CIDR form (RFC 4632 §3.1, RFC 4291 §2.3): `10.0.0.0/8`, `2001:db8::/32`, or one address.
public struct AddressPrefix: Equatable, Hashable, Sendable, CustomStringConvertible {
  /// The network's address, its host bits zero.
  public let address: Address
  /// Leading bits that count, of 128; a version 4 length plus 96.
  public let bits: Int

  /// A network from its text; nil where it is none, or its address has bits beyond its length.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2, let address = Address(String(first)) else { return nil }
    let width = address.v4 != nil ? 32 : 128
    var length = width
    if parts.count == 2 {
      guard let given = Int(parts[1]), (0...width).contains(given), String(given) == parts[1] else { return nil }
      length = given
    }
    let bits = length + 128 - width
    guard address.prefix(bits) == address else { return nil }
    self.address = address
    self.bits = bits
  }

  /// Whether an address lies in the network.
  @inlinable public func contains(_ other: Address) -> Bool { other.prefix(bits) == address }

  /// The network as it is written.
  public var description: String {
    let length = address.v4 != nil && bits >= 96 ? bits - 96 : bits
    return "\(address == .none ? "::" : address.description)/\(length)"
  }
}
