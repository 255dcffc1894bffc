internal import AssayDetectors
internal import AssayMeasurement
internal import AssayModel

/// What the networks that detectors found did: sums of integers and sets, merged in any order.
struct NetworkCounts: Sendable {
  private struct Count: Sendable {
    var visitors: Int64 = 0
    var lastVisitor: UInt64 = 0
    var addresses: Set<Address> = []
    var events: Int64 = 0
    var invalid: Int64 = 0
    var money = Money.zero
    var first = Timestamp(microseconds: .max)
    var last = Timestamp(microseconds: .min)
  }

  /// By detector << 32 | network.
  private var counts: [UInt64: Count] = [:]

  /// Adds a judged event with what was found about it. A worker has all events of a visitor, one after the other.
  mutating func add(_ event: Event, _ verdict: EventVerdict, _ findings: [Finding]) {
    for finding in findings where finding.network != 0 {
      var count = counts.removeValue(forKey: UInt64(finding.detector) << 32 | UInt64(finding.network)) ?? Count()
      if count.events == 0 || count.lastVisitor != event.visitor { count.visitors += 1 }
      count.lastVisitor = event.visitor
      if !event.address.isNone { count.addresses.insert(event.address) }
      count.events += 1
      count.invalid += verdict.trafficClass.isInvalid ? 1 : 0
      // What somebody bought is no cost of the advertiser's.
      if event.kind == .impression || event.kind == .click { count.money += event.value }
      count.first = min(count.first, event.time)
      count.last = max(count.last, event.time)
      counts[UInt64(finding.detector) << 32 | UInt64(finding.network)] = count
    }
  }

  /// Adds what another worker counted of other visitors.
  mutating func merge(_ other: NetworkCounts) {
    counts.merge(other.counts) { one, other in
      var sum = one
      sum.visitors += other.visitors
      sum.addresses.formUnion(other.addresses)
      sum.events += other.events
      sum.invalid += other.invalid
      sum.money += other.money
      sum.first = min(sum.first, other.first)
      sum.last = max(sum.last, other.last)
      return sum
    }
  }

  /// The networks with judged events, the one with most of them first.
  func results(_ judge: Judge) -> [AuditResult.NetworkResult] {
    counts.sorted { ($1.value.events, $0.key) < ($0.value.events, $1.key) }.map { key, count in
      let (detector, network) = (Int(key >> 32), Int(key & 0xffff_ffff))
      return AuditResult.NetworkResult(
        detector: DetectorCatalog.cards[detector].id, publishers: judge.networks[detector]?[network - 1] ?? [],
        visitors: count.visitors, addresses: Int64(count.addresses.count), events: count.events,
        invalid: count.invalid, money: count.money, first: count.first, last: count.last)
    }
  }
}
