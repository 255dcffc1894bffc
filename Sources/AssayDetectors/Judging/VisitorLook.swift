internal import AssayModel

/// The quick look at a visitor that decides which detectors are asked: one pass, with everything about user agents and
/// slots worked out before. A class, because it holds many tables and is asked at every visitor.
final class VisitorLook: Sendable {
  private let agents: [VisitorTraits]
  private let slots: [VisitorTraits]
  private let networks: PreparedNetworks
  private let recordsProxies: Bool
  private let addresses: Watch<Address>
  private let visitors: Watch<UInt64>

  /// What was seen.
  struct Seen {
    /// Traits of the visitor.
    var traits: VisitorTraits
    /// Whether an event lacks something that a decision needs.
    var lacksSomething: Bool
  }

  /// A look with the tables of a run, and the addresses and visitors that detectors watch.
  init(_ context: DetectorContext, watching addresses: [Address], _ visitors: [UInt64]) {
    let said = context.population.run.agents
    agents = context.marks.enumerated().map { ordinal, mark in
      UnreducedAgent.isUnreduced(said[UInt32(ordinal)]) ? mark.traits.union(.unreducedAgent) : mark.traits
    }
    slots = context.slots.slots.map { PlacementSize.isOdd($0) ? .oddSize : [] }
    networks = context.networks
    recordsProxies = context.population.recordsProxies
    self.addresses = Watch(addresses)
    self.visitors = Watch(visitors)
  }

  /// Looks at a visitor.
  ///
  /// - Complexity: O(n); one look-up for each run of events with the same address.
  func at(_ facts: VisitorFacts, _ events: Span<Event>) -> Seen {
    var traits: VisitorTraits = visitors.contains(facts.visitor) ? [.present, .watchedVisitor] : .present
    let impressionOf = facts.impressionOf.span
    var flags: EventFlags.RawValue = 0
    let inexact = EventFlags.inexactAddress.rawValue
    var (clicks, conversions, lacks) = (0, 0, false)
    var (address, agent, slot) = (Address(high: .max, low: .max), UInt32.max, UInt32.max)
    // What is looked at is read field by field: an event is large.
    for ordinal in events.indices {
      let own = events[ordinal].flags
      flags |= own.rawValue
      if VisitorLook.lacksBehaviour(events[ordinal].key, events[ordinal].time) { lacks = true }
      let isSameAgent = events[ordinal].agent == agent
      let isSameAddress = events[ordinal].address == address
      if events[ordinal].slot != slot {
        slot = events[ordinal].slot
        if Int(slot) < slots.count { traits.formUnion(slots[Int(slot)]) }
      }
      // Nearly all events of a visitor have the agent and the address of the one before.
      if !isSameAgent || !isSameAddress {
        agent = events[ordinal].agent
        let found = events[ordinal].address
        if lacksIdentity(agent, found, own) { lacks = true }
        if !isSameAgent, Int(agent) < agents.count { traits.formUnion(agents[Int(agent)]) }
        if !isSameAddress {
          // What is inexact stands for many and is in no list, but a detector may watch it.
          if addresses.contains(found) { traits.insert(.watchedAddress) }
          if own.rawValue & inexact == 0 {
            address = found
            traits.formUnion(networks.traits(of: found))
          }
        }
      }
      switch events[ordinal].kind {
      case .impression:
        let first = impressionOf[ordinal]
        if first >= 0, first != Int32(truncatingIfNeeded: ordinal) { traits.insert(.repeatedImpression) }
      case .click:
        clicks += 1
        if impressionOf[ordinal] >= 0 {
          traits.insert(.joinedClick)
        } else if events[ordinal].impression != 0 {
          traits.insert(.orphan)
        }
      case .conversion: conversions += 1
      case .form: traits.insert(.form)
      default: break
      }
    }
    if flags & inexact != 0 { lacks = true }
    let all = EventFlags(rawValue: flags)
    if all.contains(.test) { traits.insert(.test) }
    if all.contains(.prefetch) { traits.insert(.prefetch) }
    if all.contains(.unexpandedMacro) { traits.insert(.unexpandedMacro) }
    if clicks > 1 || conversions > 1 { traits.insert(.severalActions) }
    if events.count >= VisitorTraits.manyEvents {
      traits.insert(.busy)
      for session in facts.sessions where session.events.count >= VisitorTraits.manyEvents {
        traits.insert(.longSession)
      }
    }
    return Seen(traits: traits, lacksSomething: lacks)
  }

  /// Whether the tests of user agent and address cannot both be made of an event: the log has no user agents, no exact
  /// address, or only that of its own proxy.
  func lacksIdentity(_ agent: UInt32, _ address: Address, _ flags: EventFlags) -> Bool {
    agent == AgentID.notLogged || address.isNone || flags.contains(.inexactAddress)
      || (recordsProxies && address.isPrivate)
  }

  /// Whether behaviour cannot be looked at: nothing says which visitor, or when.
  static func lacksBehaviour(_ key: VisitorKeyKind, _ time: Timestamp) -> Bool {
    key == .none || time.microseconds == 0
  }
}
