public import AssayMeasurement
public import AssayModel

/// What becomes of addresses, and of the ids that are made of addresses, before anything is written.
public enum AddressPrivacy: Sendable {
  /// As logged.
  case full
  /// Only the network: /24 of version 4, /48 of version 6 (what Matomo and Google Analytics keep at least). Ids of
  /// visitors and sessions are left out: they are unkeyed hashes of addresses, and four billion addresses are quickly
  /// tried.
  case truncated
  /// Replaced by a pseudonym: the closure is a keyed hash (HMAC or the like, the key known to the caller only).
  /// The pseudonym is written as an address of `100::/64`, the discard-only block of RFC 6666, which no client can
  /// have: so it still sorts, joins and parses as an address. Ids of visitors and sessions are hashed the same way.
  case hashed(@Sendable (Address) -> UInt64)

  /// An address as it may be written.
  public func address(_ address: Address) -> Address {
    if address.isNone { return address }
    switch self {
    case .full: return address
    case .truncated: return address.prefix(address.v4 == nil ? 48 : 120)
    case .hashed(let hash): return Address(high: AddressPrivacy.pseudonyms, low: hash(address))
    }
  }

  /// The id of a visitor or session as it may be written; 0 for none.
  public func identifier(_ id: UInt64) -> UInt64 {
    if id == 0 { return 0 }
    switch self {
    case .full: return id
    case .truncated: return 0
    case .hashed(let hash): return StableHash.nonZero(hash(Address(high: AddressPrivacy.pseudonyms | 1, low: id)))
    }
  }

  /// An event as it may be written.
  public func event(_ event: JudgedEvent) -> JudgedEvent {
    if case .full = self { return event }
    var copy = event
    copy.event.address = address(event.event.address)
    copy.event.visitor = identifier(event.event.visitor)
    copy.session = identifier(event.session)
    // A listed network may be a single address.
    for index in copy.evidence.indices { copy.evidence[index].network = nil }
    return copy
  }

  /// A result as it may be written: addresses that have become the same are added up.
  public func result(_ result: AuditResult) -> AuditResult {
    if case .full = self { return result }
    var copy = result
    for index in copy.samples.indices { copy.samples[index].event = event(copy.samples[index].event) }
    var merged: [Address: AuditResult.AddressResult] = [:]
    for entry in result.worstAddresses {
      let address = address(entry.address)
      let known = merged[address] ?? .init(address: address, events: 0, invalid: 0)
      merged[address] = .init(
        address: address, events: known.events + entry.events, invalid: known.invalid + entry.invalid)
    }
    copy.worstAddresses = merged.values.sorted {
      $0.invalid != $1.invalid ? $0.invalid > $1.invalid : $0.address < $1.address
    }
    return copy
  }

  /// The first half of 100::/64 (RFC 6666).
  private static let pseudonyms: UInt64 = 0x0100_0000_0000_0000
}
