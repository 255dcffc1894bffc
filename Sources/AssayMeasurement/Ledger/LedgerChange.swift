internal import AssayModel

/// What a judged event changes in the ledger, its money aside. There are few different ones, so events are counted by
/// their change and written out into counters only when the ledger is finished.
struct LedgerChange: Sendable, Equatable {
  /// Outcomes in the lower 16 bits, then what is undecided, then class and kind.
  let bits: UInt32

  private static let undecidedSIVT: UInt32 = 1 << 16
  private static let undecidedGIVT: UInt32 = 1 << 17

  /// A change from its packed form.
  init(bits: UInt32) { self.bits = bits }

  /// The change that an event makes. What does not count is left out: of what is excluded, anything undecided, as it is
  /// outside gross; outcomes of anything but net impressions.
  init(_ kind: LedgerCells.Kind, _ verdict: EventVerdict, _ outcomes: ViewabilityOutcomes) {
    var bits = UInt32(truncatingIfNeeded: kind.rawValue) << 21 | UInt32(verdict.trafficClass.rawValue) << 18
    if verdict.trafficClass != .excluded {
      bits |= verdict.undecidedGIVT ? LedgerChange.undecidedGIVT : 0
      bits |= verdict.undecidedSIVT ? LedgerChange.undecidedSIVT : 0
    }
    if kind == .impression, verdict.trafficClass < .givt { bits |= UInt32(outcomes.rawValue) }
    self.bits = bits
  }

  /// The kind of the event.
  var kind: LedgerCells.Kind { LedgerCells.Kind(rawValue: Int(bits >> 21)) ?? .impression }
  /// Its class.
  var trafficClass: TrafficClass { TrafficClass(rawValue: UInt8(truncatingIfNeeded: bits >> 18 & 7)) ?? .valid }
  /// Whether general invalid traffic is undecided.
  var undecidedGIVT: Bool { bits & LedgerChange.undecidedGIVT != 0 }
  /// Whether sophisticated invalid traffic is undecided.
  var undecidedSIVT: Bool { bits & LedgerChange.undecidedSIVT != 0 }
  /// Whether a net impression was viewable; nothing for any other event.
  var outcomes: ViewabilityOutcomes { ViewabilityOutcomes(rawValue: UInt16(truncatingIfNeeded: bits)) }
}
