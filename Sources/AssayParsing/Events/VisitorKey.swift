public import AssayModel

/// The one definition of `Event.visitor` (JICWEBS: cookie, else address and user agent), for whoever has to arrive at
/// the same key from other data: a hash of the kind and of what the key is made of, so that keys of different kinds
/// never meet but by chance.
public enum VisitorKey {
  /// The key of a first-party id: its `StableHash.of(bytes:)` after decoding.
  @inlinable public static func firstParty(idHash: UInt64) -> UInt64 { StableHash.of(1, idHash) }

  /// The key of an address and a user agent: the `StableHash.of(bytes:)` of its bytes, of no bytes for a blank one.
  @inlinable public static func addressAndAgent(_ address: Address, agentHash: UInt64) -> UInt64 {
    StableHash.of(2, StableHash.of(address.high, address.low), agentHash)
  }

  /// The key of an address alone, where the log has no user agents.
  @inlinable public static func address(_ address: Address) -> UInt64 {
    StableHash.of(3, address.high, address.low)
  }

  /// What keeps events of nobody apart: their impression id (`Event.impression`), else their time.
  @inlinable public static func none(impression: UInt64, time: Timestamp) -> UInt64 {
    impression != 0
      ? StableHash.of(4, impression) : StableHash.of(5, UInt64(bitPattern: time.microseconds))
  }
}
